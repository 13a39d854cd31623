"""Takes the network away from this process for good, by a seccomp filter (docs/decisions/0023).

The filter answers EACCES to the system calls that make or use a way out: sockets, other processes' memory and open
files, and io_uring, which does the same things without those calls. Pipes and files that are open stay usable.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys

# numbers of system calls: Linux, arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h
_CALLS = {
    "x86_64": {
        "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "ptrace": 101, "accept4": 288,
        "perf_event_open": 298, "process_vm_readv": 310, "process_vm_writev": 311, "bpf": 321, "userfaultfd": 323,
        "io_uring_setup": 425, "pidfd_getfd": 438,
    },
    "aarch64": {
        "ptrace": 117, "socket": 198, "bind": 200, "listen": 201, "accept": 202, "connect": 203,
        "perf_event_open": 241, "accept4": 242, "process_vm_readv": 270, "process_vm_writev": 271, "bpf": 280,
        "userfaultfd": 282, "io_uring_setup": 425, "pidfd_getfd": 438,
    },
}  # fmt: skip
_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # include/uapi/linux/audit.h
_X32 = 0x40000000  # x86-64 again, under other numbers

# include/uapi/linux/bpf_common.h, seccomp.h, prctl.h
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCH = 0, 4  # places in struct seccomp_data
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NO_NEW_PRIVS, _SECCOMP, _FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def forbid_network() -> bool:
    """Whether this process and those that it starts can reach nothing from now on; false where no filter can be set."""
    machine = os.uname().machine if hasattr(os, "uname") else ""
    if sys.platform != "linux" or machine not in _CALLS or sys.maxsize < 2**32:
        return False
    program = _program(machine)
    code = ctypes.create_string_buffer(program, len(program))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong)
    if prctl(_NO_NEW_PRIVS, 1, None, 0, 0) != 0:  # without it only root may set a filter
        return False
    filter_ = _Program(len(program) // 8, ctypes.addressof(code))
    return bool(prctl(_SECCOMP, _FILTER, ctypes.addressof(filter_), 0, 0) == 0)


def _program(machine: str) -> bytes:
    """The filter: another instruction set or a call of the list is refused, all else is let through."""
    calls = sorted(_CALLS[machine].values())
    steps = [(_LOAD, _ARCH), (_EQUAL, _AUDIT_ARCH[machine]), (_LOAD, _NUMBER), (_AT_LEAST, _X32)]
    steps += [(_EQUAL, number) for number in calls]
    refuse = len(steps) + 1
    code = b""
    for place, (operation, value) in enumerate(steps):
        yes = no = 0
        if operation != _LOAD:
            wanted = value == _AUDIT_ARCH[machine]
            yes, no = (0, refuse - place - 1) if wanted else (refuse - place - 1, 0)
        code += _instruction(operation, yes, no, value)
    return code + _instruction(_RETURN, 0, 0, _ALLOW) + _instruction(_RETURN, 0, 0, _ERRNO | errno.EACCES)


def _instruction(operation: int, yes: int, no: int, value: int) -> bytes:
    """struct sock_filter."""
    return struct.pack("HBBI", operation, yes, no, value)
