"""What the benchmarks share: a private PostgreSQL, the large database, and how a program is measured."""

import collections
import glob
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from statistics import median

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MIB = 1024 * 1024

# Runs a command and prints its seconds, its peak memory in bytes and its exit code. A process of its own, because
# Linux counts the memory of whoever starts a program into the program's peak: this one's is about 9 MB.
MEASURE = """
import os, sys, time
start = time.monotonic()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
print(time.monotonic() - start, usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime,
      os.waitstatus_to_exitcode(status), file=sys.stderr)
"""

Measured = collections.namedtuple("Measured", "seconds memory processor exit_code output")


def say(text):
    print(f"==> {text}", file=sys.stderr, flush=True)


def measured(*command):
    python = [sys.executable, "-I", "-S", "-c", MEASURE]
    done = subprocess.run(python + list(command), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    seconds, memory, processor, code = done.stderr.splitlines()[-1].split()
    if int(code) not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {code}:\n{done.stderr}")
    return Measured(float(seconds), int(memory), float(processor), int(code), done.stdout)


def binaries():
    """The folder of the newest PostgreSQL of Debian, or the one in the path."""
    if os.environ.get("PG_BINDIR"):
        return os.environ["PG_BINDIR"]
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    if found:
        return os.path.dirname(max(found, key=lambda path: int(path.split("/")[4])))
    return os.path.dirname(shutil.which("initdb") or sys.exit("PostgreSQL's initdb is needed; is postgresql installed?"))


class Server:
    """A private PostgreSQL with the settings of a small real one; nothing about the planner is changed."""

    SETTINGS = {
        "listen_addresses": "",
        "shared_buffers": "256MB",
        "max_wal_size": "4GB",
        "autovacuum": "off",
        "logging_collector": "on",
        "log_destination": "jsonlog",
        "log_filename": "server.log",
    }

    def __init__(self, folder):
        self.folder = folder
        self.log = f"{folder}/data/log/server.json"
        binary = binaries()
        # The server goes when this process does, however it ends.
        user = ["setpriv", "--pdeathsig=SIGQUIT", "--"]
        if os.geteuid() == 0:
            user[1:1] = ["--reuid=postgres", "--regid=postgres", "--init-groups"]
            shutil.chown(folder, "postgres", "postgres")
        os.environ.update(PGHOST=folder, PGUSER="benchmark", PGDATABASE="postgres")
        os.environ.pop("PGSERVICE", None)
        # PostgreSQL has to be able to look at the folder it is started in.
        subprocess.run(
            user + [f"{binary}/initdb", "-D", f"{folder}/data", "-U", "benchmark", "-A", "trust", "-E", "UTF8",
                    "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
            check=True, cwd=folder, stdout=subprocess.DEVNULL)
        settings = [word for name, value in self.SETTINGS.items() for word in ("-c", f"{name}={value}")]
        self.process = subprocess.Popen(
            user + [f"{binary}/postgres", "-D", f"{folder}/data", "-k", folder] + settings,
            cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)
        while subprocess.run(["pg_isready", "-q"]).returncode != 0:
            if self.process.poll() is not None:
                sys.exit("the private PostgreSQL did not start")
            time.sleep(0.05)

    def processor(self):
        """Seconds of processor time of all sessions that have ended, and of their parallel workers."""
        while sql("postgres", "SELECT count(*) FROM pg_stat_activity WHERE datname LIKE 'missing%'") != "0":
            time.sleep(0.01)
        with open(f"/proc/{self.process.pid}/stat") as file:
            user, system = file.read().rsplit(")", 1)[1].split()[13:15]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def sql(database, text):
    return subprocess.run(
        ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", text],
        check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def load(database, channels, users, missing):
    say(f"Loading {channels:,} channels of {users:,} users, {missing:,} without an entry")
    sql("postgres", f"CREATE DATABASE {database}")
    for file in ("audits/broadcast/sample/schema.sql", "Benchmarks/scale.sql"):
        subprocess.run(
            ["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-v", f"channels={channels}", "-v", f"users={users}",
             "-v", f"missing={missing}", "-d", database, "-f", f"{PROJECT}/{file}"],
            check=True, stdout=subprocess.DEVNULL)
    sql(database, "VACUUM ANALYZE")
    sql(database, "CHECKPOINT")


def spread(values, unit="s"):
    return f"{min(values):.2f} / {median(values):.2f} / {max(values):.2f} {unit}"


def machine():
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    with open("/proc/meminfo") as file:
        memory = int(re.search(r"MemTotal:\s*(\d+)", file.read())[1]) / MIB
    with open("/etc/os-release") as file:
        system = re.search(r'PRETTY_NAME="(.*)"', file.read())
    return (f"{os.cpu_count()} cores ({model[1] if model else 'unknown'}), {memory:.0f} GB of memory, "
            f"{system[1] if system else 'Linux'}, PostgreSQL {sql('postgres', 'SHOW server_version').split()[0]}")


def table(title, rows):
    print(f"\n## {title}\n\n| | |\n|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")
