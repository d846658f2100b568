//! The state diagram in DESIGN.md is what an exploration draws. `BLESS=1` writes it anew.
#![expect(clippy::disallowed_methods, reason = "it reads the document, and writes it where it is told to")]

use std::path::Path;

use asa_failover_core::goal::Procedure;
use asa_failover_proof::explore::case::{Case, Choice, Topology};
use asa_failover_proof::explore::diagram::Diagram;
use asa_failover_proof::explore::plain;

const BEGIN: &str = "<!-- drawn by the exploration -->\n";
const END: &str = "<!-- end of what the exploration drew -->\n";

#[test]
fn the_design_shows_what_an_exploration_draws() {
    let mut diagram = Diagram::default();
    for topology in [Topology::Standby, Topology::PreemptOne] {
        for procedure in [Procedure::Hardened, Procedure::Published] {
            let case = Case::new(Choice::new(topology, procedure)).unwrap();
            diagram.take(&plain::runs(&case, 1).unwrap());
        }
    }
    let drawn = diagram.to_markdown();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../DESIGN.md");
    let design = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = design.split_once(BEGIN).expect("DESIGN.md says where the diagram begins");
    let (shown, after) = rest.split_once(END).expect("DESIGN.md says where the diagram ends");
    if shown == drawn {
        return;
    }
    assert!(std::env::var_os("BLESS").is_some(), "DESIGN.md shows another diagram than\n{drawn}");
    std::fs::write(path, format!("{before}{BEGIN}{drawn}{END}{after}")).unwrap();
}
