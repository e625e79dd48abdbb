//! Compresses the lessons that the binary carries: as they stand, they would be a tenth of it.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::ZlibEncoder};

const LESSONS: &str = "lessons";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={LESSONS}");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names it"));
    for lesson in fs::read_dir(LESSONS)? {
        let lesson = lesson?.path();
        if lesson.join("lesson.yaml").is_file() {
            compress(&lesson, &out.join(&lesson))?;
        }
    }
    Ok(())
}

/// Each file of that folder, as `FILE.zlib`.
fn compress(folder: &Path, out: &Path) -> io::Result<()> {
    fs::create_dir_all(out)?;
    for file in fs::read_dir(folder)? {
        let file = file?;
        let name = format!("{}.zlib", file.file_name().display());
        let mut compressed = ZlibEncoder::new(fs::File::create(out.join(name))?, Compression::best());
        io::copy(&mut fs::File::open(file.path())?, &mut compressed)?;
        compressed.finish()?;
    }
    Ok(())
}
