//! Tree of path → text.
