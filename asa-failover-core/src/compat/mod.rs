//! May a pair go from one release to another without downtime, by which published rule, over which stops.
