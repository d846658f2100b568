//! What may follow what: verdicts, ASDM, models, a site's own rows, and what is refused by name.

mod asdm;
mod foreign;
mod laws;
mod models;
mod overlay;
mod tickets;
mod verdicts;
