//! The walk through `show version`.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_until1};
use nom::character::complete::char;
use nom::combinator::{opt, value};
use nom::error::context;
use nom::sequence::{delimited, preceded};

use super::uptime::duration;
use super::{Product, Space, Version};
use crate::show::token::{Parsed, blanks, space, squeezed, word};
use crate::show::walk::{Line, Walk};
use crate::show::{Expected, ParseError, Printed, Reading};
use crate::unit::Serial;
use crate::version::AsaVersion;

const SOFTWARE: &str = "Cisco Adaptive Security Appliance Software Version VERSION";

/// How the line with the release begins.
const PRODUCTS: [(&str, Product); 4] = [
    ("Cisco Adaptive Security Appliance Software Version", Product::Asa),
    ("Cisco PIX Security Appliance Software Version", Product::Pix),
    ("Cisco PIX Firewall Version", Product::Pix),
    ("FWSM Firewall Version", Product::Fwsm),
];

/// Lines that state no fact, by their first words.
const WITHOUT_FACTS: [&str; 28] = [
    "ASA: ",
    "ASAv Platform License State:",
    "BIOS Flash ",
    "Baseboard Management Controller ",
    "Compiled on ",
    "Compiled ",
    "Encryption hardware device ",
    "Boot microcode ",
    "Cisco PIX Device Manager Version ",
    "SSL/IKE microcode",
    "IPSec microcode",
    "Number of accelerators:",
    "Firewall throughput limited to ",
    "Flash ",
    "Image type ",
    "Internal ATA Compact Flash",
    "Key Version ",
    "Key version ",
    "License mode:",
    "No active entitlement:",
    "Running Activation Key:",
    "Running Permanent Activation Key:",
    "Slot 1: ATA Compact Flash",
    "Start-up time ",
    "This platform has ",
    "UUID ",
    "Rules update version ",
    "VDB version ",
];

/// Reads the output of `show version`.
///
/// ```
/// let reading = asa_failover_core::show::version(
///     "Cisco Adaptive Security Appliance Software Version 9.16(4)57 \n\nfw up 5 hours 18 mins\n",
/// )?;
/// assert_eq!(reading.value.version.to_string(), "9.16(4)57");
/// assert_eq!(reading.value.uptime_range(), Some((19_080, 19_140)));
/// # Ok::<(), asa_failover_core::show::ParseError>(())
/// ```
///
/// The lines it knows, form by form:
///
/// ```text
/// Cisco Adaptive Security Appliance Software Version 9.16(4)57 <system>
/// SSP Operating System Version 2.10(1.162)
/// Device Manager Version 7.18(1)
/// Compiled on Tue 13-Dec-22 20:10 GMT by builders
/// System image file is "disk0:/asa9-16-4-57-smp-k8.bin"
/// Config file at boot was "startup-config"
/// fw up 5 hours 18 mins
/// failover cluster up 1 year 97 days
/// Start-up time 21 secs
/// Hardware:   ASA5516, 8192 MB RAM, CPU Atom C2000 series 2416 MHz, 1 CPU (8 cores)
/// Model Id:   ASAv10
///  1: Ext: GigabitEthernet1/1  : address is 0000.5e00.5311, irq 255
/// Licensed features for this platform:
/// Failover                          : Active/Active  perpetual
/// Failover cluster licensed features for this platform:
/// Failover                          : Active/Active  perpetual
/// This platform has an ASA 5516 Security Plus license.
/// Serial Number: JAD000000A1
/// Running Permanent Activation Key: 0x00000000 0x00000000 0x00000000 0x00000000 0x00000000
/// Configuration register is 0x1
/// Configuration last modified by enable_15 at 15:23:22.339 UTC Fri Oct 30 2015
/// ```
///
/// ```text
/// Cisco PIX Security Appliance Software Version 8.0(4)
/// ```
///
/// ```text
/// Cisco PIX Firewall Version 6.3(5)
/// Cisco PIX Device Manager Version 3.0(4)
/// ```
///
/// ```text
/// FWSM Firewall Version 4.1(5) <context>
/// ```
///
/// ```text
/// --------------------[ fw ]---------------------
/// Model                     : Cisco Firepower 2110 Threat Defense (77) Version 6.8.0 (Build 1751)
/// UUID                      : 00000000-0000-0000-0000-000000000000
/// Rules update version      : 2020-08-18-001-vrt
/// VDB version               : 338
/// -----------------------------------------------
/// ```
///
/// Known from captures of 8.x to 9.x on hardware, virtual and chassis units, of PIX 6.1, of FWSM and of FTD;
/// the line of PIX 7.x is from texts that name it.
///
/// # Errors
///
/// [`ParseError`] where the release is missing, where a known line is malformed or a single one
/// printed twice, and where the device refused the command.
pub fn version(text: &str) -> Result<Reading<Version>, ParseError> {
    let mut walk = Walk::new("show version", text)?;
    let mut reader = Reader::default();
    while let Some(line) = walk.line()? {
        if !reader.claim(&line)? && !walk.without_fact(reader.states_no_fact(line.text)) {
            walk.unclaimed(line)?;
        }
    }
    let Some((product, version, space)) = reader.software else { return Err(walk.missing(SOFTWARE)) };
    walk.reading(Version {
        product,
        version,
        space,
        asdm: reader.asdm,
        platform_os: reader.platform_os,
        image: reader.image,
        config_at_boot: reader.config_at_boot,
        hostname: reader.hostname,
        uptime_seconds: reader.uptime_seconds,
        failover_cluster_uptime_seconds: reader.cluster_uptime_seconds,
        hardware: reader.hardware,
        model_id: reader.model_id,
        serial: reader.serial,
        ram_mb: reader.ram_mb,
        licensed_failover: reader.licensed_failover,
        config_register: reader.config_register,
        config_modified: reader.config_modified,
    })
}

/// Whose features the lines below list.
#[derive(Clone, Copy, Default, Eq, PartialEq)]
enum Table {
    #[default]
    None,
    Own,
    Cluster,
}

#[derive(Default)]
struct Reader {
    table: Table,
    software: Option<(Product, Printed<AsaVersion>, Option<Space>)>,
    asdm: Option<Printed<AsaVersion>>,
    platform_os: Option<String>,
    image: Option<String>,
    config_at_boot: Option<String>,
    hostname: Option<String>,
    uptime_seconds: Option<u64>,
    cluster_uptime_seconds: Option<u64>,
    hardware: Option<String>,
    model_id: Option<String>,
    serial: Option<Printed<Serial>>,
    ram_mb: Option<u64>,
    licensed_failover: Option<String>,
    config_register: Option<String>,
    config_modified: Option<String>,
}

impl Reader {
    fn claim(&mut self, line: &Line<'_>) -> Result<bool, ParseError> {
        Ok(self.software(line)?
            || self.boot(line)?
            || self.unit(line)?
            || self.licence(line)?
            || self.uptime(line)?)
    }

    /// Whether a line that no rule claimed is known all the same: another licence, a port, a part.
    fn states_no_fact(&self, text: &str) -> bool {
        WITHOUT_FACTS.iter().any(|known| text.starts_with(known))
            || (self.table != Table::None && text.contains(" : "))
            || is_port(text)
            || text.bytes().all(|b| b == b'-')
    }

    /// Whether the block that FTD prints came first: it names the release and the host.
    fn is_ftd(&self) -> bool {
        self.software.as_ref().is_some_and(|(product, ..)| *product == Product::Ftd)
    }

    /// Software and what manages it.
    fn software(&mut self, line: &Line<'_>) -> Result<bool, ParseError> {
        let text = line.text;
        for (head, product) in PRODUCTS {
            if let Some(rest) = text.strip_prefix(head) {
                if self.is_ftd() {
                    return Ok(false);
                }
                let (release, space) = line.all(rest, "a release", release)?;
                line.put(&mut self.software, SOFTWARE, (product, Printed::new(release), space))?;
                return Ok(true);
            }
        }
        if let Some(rest) = text.strip_prefix("Device Manager Version") {
            let release = line.all(rest, "a release", |i| preceded(blanks, word).parse(i))?;
            line.put(&mut self.asdm, "Device Manager Version", Printed::new(release))?;
        } else if text.starts_with("Firepower Extensible Operating System Version ")
            || text.starts_with("SSP Operating System Version ")
        {
            line.put(&mut self.platform_os, "Operating System Version", squeezed(text))?;
        } else if let Some(rest) =
            text.strip_prefix("Model").map(str::trim_ascii_start).filter(|rest| rest.contains(" Version "))
        {
            let rest = rest.strip_prefix(':').unwrap_or(rest);
            let Some((model, release)) = rest.split_once(" Version ") else { return Ok(false) };
            line.put(&mut self.software, SOFTWARE, (Product::Ftd, Printed::new(release.trim_ascii()), None))?;
            line.put(&mut self.hardware, "Hardware:", squeezed(model))?;
        } else if let Some(name) = bracketed(text) {
            line.put(&mut self.hostname, "[ HOSTNAME ]", name.to_owned())?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// What was booted.
    fn boot(&mut self, line: &Line<'_>) -> Result<bool, ParseError> {
        let text = line.text;
        let quoted = |rest, what| line.all(rest, what, quoted).map(str::to_owned);
        if let Some(rest) = text.strip_prefix("System image file is") {
            line.put(&mut self.image, "System image file is", quoted(rest, "a file in quotes")?)?;
        } else if let Some(rest) = text.strip_prefix("Config file at boot was") {
            line.put(&mut self.config_at_boot, "Config file at boot was", quoted(rest, "a file in quotes")?)?;
        } else if let Some(rest) = text.strip_prefix("Configuration register is") {
            if rest.is_empty() {
                return Err(line.error(Expected::Phrase("a register value"), rest));
            }
            line.put(&mut self.config_register, "Configuration register is", squeezed(rest))?;
        } else if text.starts_with("Configuration last modified by ")
            || text.starts_with("Configuration has not been modified since last system restart")
        {
            line.put(&mut self.config_modified, "Configuration last modified by", squeezed(text))?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// The chassis.
    fn unit(&mut self, line: &Line<'_>) -> Result<bool, ParseError> {
        let text = line.text;
        if let Some(rest) = text.strip_prefix("Hardware:") {
            let mut parts = rest.split(',').map(str::trim_ascii);
            let model = parts.next().filter(|model| !model.is_empty());
            let model = model.ok_or_else(|| line.error(Expected::Phrase("a model"), rest))?;
            line.put(&mut self.hardware, "Hardware:", squeezed(model))?;
            self.ram_mb = parts.next().and_then(|ram| ram.strip_suffix(" MB RAM")?.trim_ascii().parse().ok());
        } else if let Some(rest) = text.strip_prefix("Model Id:") {
            if rest.is_empty() {
                return Err(line.error(Expected::Phrase("a model"), rest));
            }
            line.put(&mut self.model_id, "Model Id:", squeezed(rest))?;
        } else if let Some(rest) = text.strip_prefix("Serial Number:") {
            let serial = line.all(rest, "a serial number", serial)?;
            line.put(&mut self.serial, "Serial Number:", Printed::new(serial))?;
        } else {
            return Ok(false);
        }
        self.table = Table::None;
        Ok(true)
    }

    /// The licence tables: the unit's own, and that of the pair.
    fn licence(&mut self, line: &Line<'_>) -> Result<bool, ParseError> {
        let text = line.text;
        if text.starts_with("Licensed features for this ") {
            self.table = Table::Own;
        } else if text.starts_with("Failover cluster licensed features for this ") {
            self.table = Table::Cluster;
        } else if let Some((name, feature)) = text.split_once(" : ").filter(|_| self.table == Table::Own)
            && name.trim_ascii_end() == "Failover"
        {
            let value = feature.split_ascii_whitespace().next();
            let value = value.ok_or_else(|| line.error(Expected::Phrase("a licence"), feature))?;
            line.put(&mut self.licensed_failover, "Failover :", value.to_owned())?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// `fw up 55 days 9 hours`, `failover cluster up 87 days 15 hours`
    fn uptime(&mut self, line: &Line<'_>) -> Result<bool, ParseError> {
        const DURATION: &str = "years, days, hours, mins or secs";
        let text = line.text;
        if let Some(rest) = text.strip_prefix("failover cluster up ") {
            let seconds = line.all(rest.trim_ascii_start(), DURATION, duration)?;
            line.put(&mut self.cluster_uptime_seconds, "failover cluster up", seconds)?;
            return Ok(true);
        }
        let Some((name, rest)) = text.split_once(" up ") else { return Ok(false) };
        let rest = rest.trim_ascii_start();
        if name.contains([' ', '\t']) || !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(false);
        }
        let seconds = line.all(rest, DURATION, duration)?;
        line.put(&mut self.uptime_seconds, "HOSTNAME up", seconds)?;
        if !self.is_ftd() {
            line.put(&mut self.hostname, "HOSTNAME up", name.to_owned())?;
        }
        Ok(true)
    }
}

/// ` 9.6(4)8 <system>`
fn release(i: &str) -> Parsed<'_, (&str, Option<Space>)> {
    let space = alt((value(Space::System, tag("<system>")), value(Space::Context, tag("<context>"))));
    let (i, release) = preceded(blanks, context("a release", word)).parse(i)?;
    if i.is_empty() {
        return Ok((i, (release, None)));
    }
    let (i, space) = preceded(blanks, context("<system> or <context>", space)).parse(i)?;
    Ok((i, (release, Some(space))))
}

/// ` "disk0:/asa9-12-4-37-smp-k8.bin"`
fn quoted(i: &str) -> Parsed<'_, &str> {
    preceded(blanks, delimited(char('"'), take_until1("\""), char('"'))).parse(i)
}

/// ` 807243559 (0x301d8ce7)`: the form in parentheses is the same number.
fn serial(i: &str) -> Parsed<'_, &str> {
    let hexadecimal = (blanks, tag("(0x"), take_until1(")"), char(')'));
    let (i, serial) = preceded(space, context("a serial number", word)).parse(i)?;
    let (i, _) = opt(hexadecimal).parse(i)?;
    Ok((i, serial))
}

/// `--------------------[ fw ]---------------------`
fn bracketed(text: &str) -> Option<&str> {
    let name = text.strip_prefix("--")?.trim_start_matches('-').strip_prefix('[')?;
    let name = name.trim_end_matches('-').strip_suffix(']')?.trim_ascii();
    (!name.is_empty()).then_some(name)
}

/// ` 1: Ext: GigabitEthernet1/1  : address is 0000.5e00.5311, irq 255`
fn is_port(text: &str) -> bool {
    let Some((number, rest)) = text.split_once(": ") else { return false };
    number.bytes().all(|b| b.is_ascii_digit()) && (rest.starts_with("Ext: ") || rest.starts_with("Int: "))
}
