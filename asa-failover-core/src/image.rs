//! `ImageName`: family, version and kind of an image from its file name.
