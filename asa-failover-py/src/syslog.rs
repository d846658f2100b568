//! `SyslogMessage` and `SyslogEntry`: one line of a log, and what is known of its id.

use asa_failover_core::syslog;
use asa_failover_core::unit::GroupId;
use pyo3::prelude::*;

use crate::error::Error;
use crate::value::{to_python, word};

/// One message of a firewall. What the line does not state is ``None``.
#[pyclass(frozen, eq, hash, str = "{inner}", module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct SyslogMessage {
    inner: syslog::Message,
}

#[pymethods]
impl SyslogMessage {
    /// Reads one line of a log; see :func:`asa_failover.syslog.parse`.
    #[staticmethod]
    fn parse(line: &str) -> Result<Self, Error> {
        Ok(Self { inner: syslog::parse(line)? })
    }

    /// The priority of the syslog protocol, 0 to 191.
    #[getter]
    const fn pri(&self) -> Option<u8> {
        self.inner.pri
    }

    /// The time in front as printed, with its zone.
    #[getter]
    fn at(&self) -> Option<&str> {
        self.inner.at.as_deref()
    }

    /// The name or address in front.
    #[getter]
    fn host(&self) -> Option<&str> {
        self.inner.host.as_deref()
    }

    /// ``asa``, ``pix``, ``fwsm`` or ``ftd``.
    #[getter]
    fn product(&self) -> String {
        word(&self.inner.product)
    }

    /// The class, which the EMBLEM form prints: ``ha``.
    #[getter]
    fn message_class(&self) -> Option<&str> {
        self.inner.class.as_deref()
    }

    /// The severity of this line, 0 to 7.
    #[getter]
    const fn severity(&self) -> u8 {
        self.inner.severity
    }

    /// The six digits that name the message.
    #[getter]
    const fn id(&self) -> u32 {
        self.inner.id
    }

    /// The words in parentheses behind the id: ``Primary``, ``VPN-Secondary``.
    #[getter]
    fn unit(&self) -> Option<&str> {
        self.inner.unit.as_deref()
    }

    /// ``Primary`` or ``Secondary``, where these words name one.
    #[getter]
    fn role(&self) -> Option<String> {
        self.inner.role.map(|role| role.to_string())
    }

    /// The failover group, where these words name one.
    #[getter]
    fn group(&self) -> Option<u8> {
        self.inner.group.map(GroupId::number)
    }

    /// The rest of the line.
    #[getter]
    fn text(&self) -> &str {
        &self.inner.text
    }

    /// What is known of this id; ``None`` where nothing is, and for FTD.
    #[getter]
    fn entry(&self) -> Option<SyslogEntry> {
        self.inner.entry.map(SyslogEntry::from)
    }

    /// The message as plain values; the key of :attr:`message_class` is ``class``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        format!("<SyslogMessage {}>", self.inner)
    }
}

/// What is known of a message by its id.
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct SyslogEntry {
    inner: &'static syslog::Entry,
}

#[pymethods]
impl SyslogEntry {
    /// What is known of the message of this id; see :func:`asa_failover.syslog.known`.
    #[staticmethod]
    fn known(id: u32) -> Option<Self> {
        syslog::known(id).map(Self::from)
    }

    /// Every message something is known of; see :func:`asa_failover.syslog.entries`.
    #[staticmethod]
    fn entries() -> Vec<Self> {
        syslog::entries().map(Self::from).collect()
    }

    /// The six digits that name it.
    #[getter]
    const fn id(&self) -> u32 {
        self.inner.id
    }

    /// Its severity in the current guide, 0 to 7.
    #[getter]
    const fn severity(&self) -> u8 {
        self.inner.severity
    }

    /// Its severity in the oldest text, where that is another one.
    #[getter]
    const fn older_severity(&self) -> Option<u8> {
        self.inner.older_severity
    }

    /// The part of the device it concerns: ``ha``, ``vpnfo``.
    #[getter]
    fn message_class(&self) -> &str {
        &self.inner.class
    }

    /// Its text as a guide prints it, with names for what varies.
    #[getter]
    fn template(&self) -> &str {
        &self.inner.template
    }

    /// What happened, in sentences.
    #[getter]
    fn meaning(&self) -> &str {
        &self.inner.meaning
    }

    /// What to do, in sentences.
    #[getter]
    fn advice(&self) -> &str {
        &self.inner.advice
    }

    /// ``expected-marker``, ``information``, ``warning`` or ``abort``.
    #[getter]
    fn planner_use(&self) -> String {
        word(&self.inner.planner_use)
    }

    /// What severity, template and meaning rest on.
    #[getter]
    fn basis(&self) -> String {
        word(&self.inner.basis)
    }

    /// Keys of its sources.
    #[getter]
    fn sources(&self) -> Vec<&str> {
        self.inner.sources.iter().map(String::as_str).collect()
    }

    /// The entry as plain values; the key of :attr:`message_class` is ``class``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.inner)
    }

    fn __repr__(&self) -> String {
        format!("<SyslogEntry {}: {}>", self.inner.id, self.inner.planner_use)
    }
}

impl From<&'static syslog::Entry> for SyslogEntry {
    fn from(inner: &'static syslog::Entry) -> Self {
        Self { inner }
    }
}
