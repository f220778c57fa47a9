//! Properties that hold over several areas of the domain, walked at random. See `tests/`.
