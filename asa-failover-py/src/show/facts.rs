//! Facts as Python classes: each keeps the struct of the core, and makes a value when it is asked for one.
//!
//! [`facts!`] makes a class of a struct and the names of its fields. The classes know no rule: what a
//! field means is said by the core, and its words are the device's own.

use std::collections::BTreeMap;

use asa_failover_core::show::{self, Printed};
use asa_failover_core::text::Text;
use asa_failover_core::unit::{GroupId, Role, Standing};
use pyo3::exceptions::{PyAttributeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList, PyString};

use crate::value::word;

/// What a field of the core's structs is in Python.
pub(super) trait Fact {
    fn give<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

/// Makes a class of each struct of `show` by the names of its fields, and the native module that has
/// them. A field whose name is a keyword of Python has another one behind `as`; methods stand behind
/// `+`. A class is made when it is first asked for: an import pays for none.
macro_rules! facts {
    ($(#[$($module_doc:tt)*])* mod $module:literal; $(
        $(#[$($doc:tt)*])*
        $class:ident {
            $($(#[$($field_doc:tt)*])* $field:ident $(as $name:ident)?,)+
        } $(+ { $($methods:tt)+ })?
    )+) => {
        $(#[$($module_doc)*])*
        #[pyo3::pymodule(submodule, name = $module)]
        pub(crate) mod classes {
            use pyo3::prelude::*;
            use pyo3::types::PyType;

            #[pymodule_init]
            fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
                module.setattr("__all__", [$(stringify!($class)),+])
            }

            #[pyfunction]
            fn __getattr__<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyType>> {
                match name {
                    $(stringify!($class) => Ok(py.get_type::<super::$class>()),)+
                    other => Err($crate::show::facts::no_class(other)),
                }
            }
        }

        $(
        $(#[$($doc)*])*
        #[pyo3::pyclass(frozen, eq, hash, module = "asa_failover.show")]
        #[derive(Eq, Hash, PartialEq)]
        pub(crate) struct $class(std::sync::Arc<asa_failover_core::show::$class>);

        #[pyo3::pymethods]
        impl $class {
            $(
                $(#[$($field_doc)*])*
                #[getter$(($name))?]
                fn $field<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                    $crate::show::facts::Fact::give(&self.0.$field, py)
                }
            )+

            /// All facts as a dictionary of plain values; each call makes a new one.
            fn to_dict<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                $crate::value::to_python(py, &*self.0)
            }

            fn __repr__(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<String> {
                let mut shown = format!("<{}", stringify!($class));
                $(
                    let [name, ..] = [$(stringify!($name),)? stringify!($field)];
                    $crate::show::facts::append(&mut shown, name, &self.$field(py)?)?;
                )+
                shown.push('>');
                Ok(shown)
            }

            $($($methods)+)?
        }

        impl From<std::sync::Arc<asa_failover_core::show::$class>> for $class {
            fn from(inner: std::sync::Arc<asa_failover_core::show::$class>) -> Self {
                Self(inner)
            }
        }

        impl $crate::show::facts::Fact for asa_failover_core::show::$class {
            fn give<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                let inner = std::sync::Arc::new(self.clone());
                Ok(pyo3::Bound::new(py, $class(inner))?.into_any())
            }
        }
        )+
    };
}
pub(super) use facts;

/// What the modules answer for a name that no class has.
pub(super) fn no_class(name: &str) -> PyErr {
    PyAttributeError::new_err(format!("there are no facts {name:?}"))
}

/// Adds a fact to what `repr` shows.
pub(super) fn append(shown: &mut String, name: &str, fact: &Bound<'_, PyAny>) -> PyResult<()> {
    let (name, fact) = (name.trim_start_matches("r#"), fact.repr()?);
    shown.extend([" ", name, "=", &*fact.to_string_lossy()]);
    Ok(())
}

impl Fact for bool {
    fn give<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyBool::new(py, *self).to_owned().into_any())
    }
}

impl Fact for String {
    fn give<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyString::new(py, self).into_any())
    }
}

impl Fact for Text {
    fn give<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyString::new(py, self).into_any())
    }
}

impl Fact for GroupId {
    fn give<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.number().give(py)
    }
}

/// As printed, whether it reads as a `T` or not.
impl<T> Fact for Printed<T> {
    fn give<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyString::new(py, self.as_str()).into_any())
    }
}

impl<T: Fact> Fact for Option<T> {
    fn give<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.as_ref().map_or_else(|| Ok(py.None().into_bound(py)), |fact| fact.give(py))
    }
}

impl<T: Fact> Fact for Vec<T> {
    fn give<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let list = PyList::empty(py);
        for fact in self {
            list.append(fact.give(py)?)?;
        }
        Ok(list.into_any())
    }
}

impl<T: Fact> Fact for BTreeMap<GroupId, T> {
    fn give<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let groups = PyDict::new(py);
        for (group, fact) in self {
            groups.set_item(group.number(), fact.give(py)?)?;
        }
        Ok(groups.into_any())
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {$(
        impl Fact for $number {
            fn give<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                Ok(self.into_pyobject(py)?.into_any())
            }
        }
    )+};
}
numbers!(u8, u32, u64);

macro_rules! words {
    ($($word:ty),+ $(,)?) => {$(
        impl Fact for $word {
            fn give<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                Ok(PyString::new(py, &word(self)).into_any())
            }
        }
    )+};
}
words!(
    Role,
    Standing,
    show::BgpState,
    show::ContextState,
    show::ExecMode,
    show::FileKind,
    show::FirewallMode,
    show::InterfaceStatus,
    show::LicenseStatus,
    show::LineStatus,
    show::ModuleStatus,
    show::Monitoring,
    show::OspfState,
    show::Product,
    show::SecurityMode,
    show::Side,
    show::Space,
    show::SwitchReason,
    show::Verification,
);

/// `"this"` or `"other"`, as an argument.
pub(super) struct Side(pub(super) show::Side);

impl<'py> FromPyObject<'_, 'py> for Side {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let side: &str = given.extract()?;
        let found = show::Side::BOTH.into_iter().find(|known| word(known) == side);
        found
            .map(Self)
            .ok_or_else(|| PyValueError::new_err(format!("expected \"this\" or \"other\", found {side:?}")))
    }
}
