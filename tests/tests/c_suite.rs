//! The C suite: the library is installed into a folder of its own, each program of `tests/c` is
//! compiled against that as C11 without a warning, and run, under valgrind where there is one.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the runner works on files of its own")]

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use asa_failover_core::twin::{Pair, Spec};
use asa_failover_tests::server::Server;
use tempfile::TempDir;

/// How many times faster the live pair's time passes; valgrind makes everything slower but time.
const SCALE: u32 = 30;

static INSTALLED: LazyLock<TempDir> = LazyLock::new(install);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Installs what cargo built beside this test: the library is one of its dependencies.
fn install() -> TempDir {
    let prefix = tempfile::tempdir().unwrap();
    let built = env::current_exe().unwrap();
    let script = root().join("../asa-failover-ffi/install.sh");
    succeed(Command::new(script).arg(prefix.path()).arg(built.parent().unwrap()));
    prefix
}

#[track_caller]
fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|why| panic!("{command:?}: {why}"));
    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (shown(&output.stdout), shown(&output.stderr));
    assert!(output.status.success(), "{command:?}: {}\n{out}{err}", output.status);
    output
}

fn pkg_config(prefix: &Path, arguments: &[&str]) -> Vec<String> {
    let mut command = Command::new("pkg-config");
    command.env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")).args(arguments).arg("asa_failover");
    let flags = String::from_utf8(succeed(&mut command).stdout).unwrap();
    flags.split_whitespace().map(str::to_owned).collect()
}

/// Compiles a program against the installed library.
fn compiled(compiler: &str, standard: &str, source: &str, prefix: &Path, linking: &[&str]) -> PathBuf {
    let program = prefix.join(source.replace('.', "-"));
    let mut command = Command::new(compiler);
    command.arg(standard).args(["-D_POSIX_C_SOURCE=200809L", "-g", "-O1", "-Wall", "-Wextra", "-Wpedantic"]);
    command.args(["-Werror", "-pthread", "-o"]).arg(&program).arg(root().join("c").join(source));
    command.args(pkg_config(prefix, linking));
    command.arg(format!("-Wl,-rpath,{}", prefix.join("lib").display()));
    succeed(&mut command);
    program
}

/// Runs a program and gives what it printed.
#[track_caller]
fn printed<A: AsRef<OsStr>>(program: &Path, arguments: &[A]) -> String {
    let mut command = if Command::new("valgrind").arg("--version").output().is_ok() {
        let mut command = Command::new("valgrind");
        command.args(["--quiet", "--error-exitcode=1", "--leak-check=full"]);
        command.arg("--errors-for-leak-kinds=definite").arg(program);
        command
    } else {
        println!(
            "valgrind is not installed (apt-get install valgrind): {} runs without it",
            program.display()
        );
        Command::new(program)
    };
    String::from_utf8(succeed(command.args(arguments)).stdout).unwrap()
}

/// Compiles and runs a program of the suite, with the captures of a pair.
#[track_caller]
fn suite(name: &str) {
    let program = compiled("cc", "-std=c11", &format!("{name}.c"), INSTALLED.path(), &["--cflags", "--libs"]);
    let captures = root().join("captures/asa5525-9.8.4");
    assert_eq!(printed(&program, &[captures]), format!("{name}: ok\n"));
}

#[test]
fn versions() {
    suite("versions");
}

#[test]
fn verdicts() {
    suite("verdicts");
}

#[test]
fn asdm() {
    suite("asdm");
}

#[test]
fn models() {
    suite("models");
}

#[test]
fn readings() {
    suite("readings");
}

#[test]
fn facts() {
    suite("facts");
}

#[test]
fn transcripts() {
    suite("transcripts");
}

#[test]
fn syslog() {
    suite("syslog");
}

#[test]
fn pairs() {
    suite("pairs");
}

#[test]
fn plans() {
    suite("plans");
}

#[test]
fn refusals() {
    suite("refusals");
}

#[test]
fn steps() {
    suite("steps");
}

#[test]
fn rehearsals() {
    suite("rehearsals");
}

#[test]
fn pauses() {
    suite("pauses");
}

#[test]
fn handles() {
    suite("handles");
}

#[test]
fn a_live_pair_is_read_stopped_and_upgraded() {
    let spec = Spec::active_standby("ASA5525", "9.8(4)".parse().unwrap());
    let spec = spec.with_staged("9.8(4)48".parse().unwrap()).with_enable_secret("enable-secret");
    let server = Server::start(Pair::new(spec, 1), SCALE);
    let folder = tempfile::tempdir().unwrap();
    let known_hosts = folder.path().join("known_hosts");
    std::fs::write(&known_hosts, server.known_hosts_lines()).unwrap();
    let program = compiled("cc", "-std=c11", "live.c", INSTALLED.path(), &["--cflags", "--libs"]);
    let ports = [server.active_port, server.standby_port].map(|port| port.to_string());
    let [active, standby] = ports.each_ref().map(OsStr::new);
    let scale = SCALE.to_string();
    let arguments = [active, standby, known_hosts.as_ref(), folder.path().as_ref(), scale.as_ref()];
    assert_eq!(printed(&program, &arguments), "live: ok\n");
    let pair = server.pair();
    let report = pair.lock().unwrap().report();
    assert!(report.is_clean(), "{report}");
}

#[test]
fn the_header_is_cxx17() {
    let program = compiled("c++", "-std=c++17", "header.cpp", INSTALLED.path(), &["--cflags", "--libs"]);
    printed::<&str>(&program, &[]);
}

#[test]
fn the_example_of_the_readme_prints_a_verdict() {
    let [readme, source] =
        ["../README.md", "c/readme.c"].map(|file| std::fs::read_to_string(root().join(file)).unwrap());
    assert!(
        readme.contains(&format!("```c\n{source}```\n")),
        "the README shows another program than tests/c/readme.c"
    );
    let shared = compiled("cc", "-std=c11", "readme.c", INSTALLED.path(), &["--cflags", "--libs"]);
    let said = printed::<&str>(&shared, &[]);
    assert!(said.starts_with("7.0(8) to 7.2(5) (ASA 5520, auto rules): hitless over 7.1(2)\n"), "{said}");
    assert!(said.contains("7.0(8) -> 7.1(2) (minor) -> 7.2(5) (minor) by strict.minor.next: "), "{said}");
}

#[test]
fn the_static_library_links_by_what_pkg_config_says() {
    let prefix = install();
    for library in std::fs::read_dir(prefix.path().join("lib")).unwrap() {
        let library = library.unwrap().path();
        if library.to_string_lossy().contains(".so") {
            std::fs::remove_file(library).unwrap();
        }
    }
    let program = compiled("cc", "-std=c11", "readme.c", prefix.path(), &["--static", "--cflags", "--libs"]);
    let said = printed::<&str>(&program, &[]);
    assert!(said.contains("hitless over 7.1(2)"), "{said}");
}
