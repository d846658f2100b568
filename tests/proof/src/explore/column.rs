//! Numbers that are put down while states are visited and read when all of them are: of very many, most stand in a file.
#![expect(clippy::disallowed_types, reason = "what is not asked for meanwhile needs no memory")]

use std::fs::File;
use std::io::{self, Read, Seek, Write};

/// Numbers that are kept in memory, of each column.
const IN_MEMORY: usize = 1 << 24;

/// A number for each state.
#[derive(Debug, Default)]
pub(super) struct Column {
    last: Vec<u32>,
    before: Option<File>,
    /// Bytes of the file that count: what a failed attempt left behind them does not.
    bytes: usize,
}

impl Column {
    pub(super) fn push(&mut self, number: u32) {
        // Where there is no room for a file, they stay in memory.
        if self.last.len() == IN_MEMORY && self.put_down().is_ok() {
            self.last.clear();
        }
        self.last.push(number);
    }

    /// All of them, by the number of their state.
    pub(super) fn all(&mut self) -> Vec<u32> {
        let mut all = self.read_back().unwrap_or_else(|why| unreachable!("a file of our own: {why}"));
        all.extend(&self.last);
        all
    }

    fn put_down(&mut self) -> io::Result<()> {
        let file = match self.before.take() {
            Some(file) => file,
            None => tempfile::tempfile()?,
        };
        let file = self.before.insert(file);
        let bytes: Vec<u8> = self.last.iter().flat_map(|number| number.to_le_bytes()).collect();
        file.seek(io::SeekFrom::Start(u64::try_from(self.bytes).map_err(io::Error::other)?))?;
        file.write_all(&bytes)?;
        self.bytes += bytes.len();
        Ok(())
    }

    fn read_back(&mut self) -> io::Result<Vec<u32>> {
        let (bytes, Some(file)) = (self.bytes, &mut self.before) else { return Ok(Vec::new()) };
        file.rewind()?;
        let mut all = Vec::with_capacity(bytes / 4 + self.last.len());
        let mut part = vec![0; 1 << 20];
        for begin in (0..bytes).step_by(part.len()) {
            let part = part.get_mut(..(bytes - begin).min(1 << 20)).unwrap_or_default();
            file.read_exact(part)?;
            all.extend(part.as_chunks().0.iter().copied().map(u32::from_le_bytes));
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_file_is_read_back() {
        let mut column = Column::default();
        let most = u32::try_from(IN_MEMORY).unwrap() * 2 + 5;
        for number in 0..most {
            column.push(number.wrapping_mul(2_654_435_761));
        }
        assert!(column.before.is_some() && column.last.len() == 5);
        for _ in 0..2 {
            let all = column.all();
            assert_eq!(all.len(), most as usize);
            assert!((0..most).zip(all).all(|(number, read)| number.wrapping_mul(2_654_435_761) == read));
        }
    }
}
