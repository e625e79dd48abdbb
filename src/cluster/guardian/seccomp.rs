//! System calls that nothing in a cell may make, through the kernel's own filter (seccomp(2)): those that take memory
//! which no process and no file has, that look into other processes, or that serve to break out of namespaces. The
//! guardian installs it for itself, and whatever runs there inherits it.

use std::io;

/// What the filter says to a call: as if the kernel had never heard of it, so that programs take another way.
const UNKNOWN: u32 = libc::SECCOMP_RET_ERRNO | (libc::ENOSYS as u32 & libc::SECCOMP_RET_DATA);

/// Nothing in a lesson makes any of these. `memfd_create` is what the runtime's compiler asks for first; it takes a file
/// in `/tmp` where there is none.
const REFUSED: [libc::c_long; 24] = [
    libc::SYS_memfd_create,
    libc::SYS_shmget,
    libc::SYS_msgget,
    libc::SYS_semget,
    libc::SYS_mq_open,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_kcmp,
    libc::SYS_userfaultfd,
    libc::SYS_perf_event_open,
    libc::SYS_bpf,
    libc::SYS_io_uring_setup,
    libc::SYS_fanotify_init,
    libc::SYS_open_by_handle_at,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_unshare,
    libc::SYS_setns,
    SYS_MEMFD_SECRET,
];

/// The same on all machines (syscalls(2)).
const SYS_MEMFD_SECRET: libc::c_long = 447;

/// As audit calls the machine (`linux/audit.h`): 64 bits, little-endian, and its number in the format of programs.
#[cfg(target_arch = "x86_64")]
const MACHINE: u32 = 0xc000_003e;
#[cfg(target_arch = "aarch64")]
const MACHINE: u32 = 0xc000_00b7;

/// Where calls of the x32 kind begin, which have other numbers.
const OTHER_KIND: u32 = 0x4000_0000;

/// Arguments are as wide as the kernel reads them.
const YES: libc::c_ulong = 1;
const NONE: libc::c_ulong = 0;
const FILTER: libc::c_ulong = libc::SECCOMP_MODE_FILTER as libc::c_ulong;

/// # Errors
/// The kernel takes no filter.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(super) fn install() -> io::Result<()> {
    let mut filter = program();
    let program = libc::sock_fprog {
        len: u16::try_from(filter.len()).map_err(io::Error::other)?,
        filter: filter.as_mut_ptr(),
    };
    // SAFETY: the kernel copies the filter, which outlives the calls.
    let outcome = unsafe {
        match libc::prctl(libc::PR_SET_NO_NEW_PRIVS, YES, NONE, NONE, NONE) {
            0 => libc::prctl(libc::PR_SET_SECCOMP, FILTER, &raw const program),
            other => other,
        }
    };
    if outcome == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// The numbers of other machines' calls are not known here.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(super) fn install() -> io::Result<()> {
    Ok(())
}

/// What the kernel shows a filter is `struct seccomp_data`: the call's number, then the machine.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
fn program() -> Vec<libc::sock_filter> {
    let refuse = || step(libc::BPF_RET | libc::BPF_K, UNKNOWN, 0, 0);
    let mut program = vec![
        step(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 4, 0, 0),
        step(libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K, MACHINE, 1, 0),
        refuse(),
        step(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0, 0),
        step(libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K, OTHER_KIND, 0, 1),
        refuse(),
    ];
    for call in REFUSED {
        let number = u32::try_from(call).unwrap_or(u32::MAX);
        program.extend([step(libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K, number, 0, 1), refuse()]);
    }
    program.push(step(libc::BPF_RET | libc::BPF_K, libc::SECCOMP_RET_ALLOW, 0, 0));
    program
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
fn step(code: u32, k: u32, jt: u8, jf: u8) -> libc::sock_filter {
    libc::sock_filter { code: code as u16, jt, jf, k }
}
