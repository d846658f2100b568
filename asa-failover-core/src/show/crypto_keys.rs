//! `show crypto key mypubkey`: the unit's key pairs, by name, kind and size. The key itself is no fact.
//!
//! The RSA form is known from captures of 9.x; `Key Size (bits)` of newer releases and the form of other
//! kinds are remembered.

use serde::{Deserialize, Serialize};

use super::token::{number, squeezed};
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show crypto key mypubkey` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CryptoKeys {
    /// The key pairs, in the order printed; empty where there are none.
    pub keys: Vec<CryptoKey>,
}

/// A key pair.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CryptoKey {
    /// When it was made, as printed.
    pub generated_at: Option<String>,
    /// Its name: `<Default-RSA-Key>`.
    pub name: Option<String>,
    /// Its kind as printed: `RSA KEYS`; `None` where only the command says it.
    pub r#type: Option<String>,
    /// What it is for, as printed: `General Purpose Key`.
    pub usage: Option<String>,
    /// Its size in bits; `None` where the output does not say.
    pub bits: Option<u64>,
}

/// Reads the output of `show crypto key mypubkey`, of one kind of keys or of all.
///
/// No line is needed: a unit without keys prints none.
///
/// The lines it knows:
///
/// ```text
/// Key pair was generated at: 10:21:03 UTC Aug 16 2017
/// Key name: <Default-RSA-Key>
///  Key type: RSA KEYS
///  Usage: General Purpose Key
///  Modulus Size (bits): 2048
///  Storage: config
///  Key Data:
///   30820122 300d0609 2a864886 f70d0101 01050003 82010f00 3082010a 02820101
/// ```
///
/// Known from captures of 9.x as far as the module says.
///
/// # Errors
///
/// [`ParseError`] where a size is no number or a key says something twice, and where the device refused
/// the command.
pub fn crypto_keys(text: &str) -> Result<Reading<CryptoKeys>, ParseError> {
    let mut walk = Walk::new("show crypto key mypubkey", text)?;
    let mut keys = Vec::<CryptoKey>::new();
    let mut data = false;
    while let Some(line) = walk.line()? {
        let text = line.text.strip_prefix("% ").unwrap_or(line.text);
        let (key, value) = text.split_once(':').unwrap_or((text, ""));
        let value = value.trim_ascii();
        if key == "Key pair was generated at" {
            keys.push(CryptoKey { generated_at: Some(squeezed(value)), ..CryptoKey::default() });
            data = false;
            continue;
        }
        let Some(pair) = keys.last_mut() else {
            walk.unclaimed(line)?;
            continue;
        };
        match key {
            "Key name" => line.put(&mut pair.name, "Key name", value.to_owned())?,
            "Key type" => line.put(&mut pair.r#type, "Key type", squeezed(value))?,
            "Usage" => line.put(&mut pair.usage, "Usage", squeezed(value))?,
            "Modulus Size (bits)" | "Key Size (bits)" => {
                line.put(
                    &mut pair.bits,
                    "Modulus Size (bits)",
                    line.all(value, "a number of bits", number)?,
                )?;
            }
            _ => {
                data |= key == "Key Data";
                let known =
                    matches!(key, "Key Data" | "Storage" | "Storage Device") || (data && is_hex(text));
                if !walk.without_fact(known) {
                    walk.unclaimed(line)?;
                }
            }
        }
    }
    walk.reading(CryptoKeys { keys })
}

/// `30820122 300d0609 2a864886 f70d0101 01050003 82010f00 3082010a 02820101`
fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_hexdigit() || b == b' ')
}
