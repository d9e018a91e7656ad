"""The rounds: claim what is due, deliver each message in a process of its own with a time limit, settle."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import socket
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from types import FrameType
from typing import Any

import psycopg

from notifier import __version__
from notifier.config import Config, connection_parameters
from notifier.delivery import Message, NotDelivered, send
from notifier.texts import text

LEASE_MARGIN_SECONDS = 60  # a delivery is over, or killed, before its lease is
BEAT_SECONDS = 20
SWITCH_SECONDS = 60
AT_ONCE = 10
log = logging.getLogger("notifier")
processes = multiprocessing.get_context("fork")  # Apprise is loaded once


@dataclass
class Job:
    """Something done in a process of its own: a delivery, the sweep, the dead man's switch."""

    process: Any
    pipe: Connection
    deadline: float
    message_id: int | None = None
    contact: str = ""


def in_process(work: Callable[[], Any], pipe: Connection) -> None:
    """In the child: ('ok', result) or ('failed', words, retry_after)."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pipe.send(("ok", work()))
    except NotDelivered as error:
        pipe.send(("failed", str(error), error.retry_after))
    except Exception as error:  # of a service's plugin: told as its words, the notifier goes on
        pipe.send(("failed", f"{type(error).__name__} while sending", None))


@dataclass
class Notifier:
    config: Config
    connection: psycopg.Connection[Any] | None = None
    jobs: list[Job] = field(default_factory=list)
    unsettled: list[tuple[int, str | None, float | None]] = field(default_factory=list)
    delivered: dict[int, set[str]] = field(
        default_factory=dict
    )  # addresses that have it, of messages not settled
    stopping: bool = False
    signalled: socket.socket | None = None
    wake: socket.socket | None = None
    beat_at: float = 0
    switch_at: float = 0
    last_unreachable: tuple[str, ...] = ()

    def run(self) -> None:
        """Until SIGTERM or SIGINT; what is on its way is waited for."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        self.signalled, self.wake = socket.socketpair()
        self.wake.setblocking(False)
        signal.set_wakeup_fd(self.wake.fileno())  # a signal ends a wait
        pause = 1.0
        while not self.stopping:
            try:
                self.round()
                pause = 1.0
            except psycopg.Error as error:
                log.warning("database: %s; trying again in %.0f s", str(error).split("\n")[0], pause)
                self.disconnect()
                self.wait(pause)
                pause = min(pause * 2, 30)
        self.finish()

    def once(self) -> bool:
        """Deliver what is due now and return whether all of it was taken."""
        self.round(wait_for_more=False)
        self.finish()
        return not self.unsettled and not self.failed

    failed: bool = False

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def finish(self) -> None:
        while self.jobs:
            self.wait(1)
        try:
            self.settle()
        except psycopg.Error as error:
            log.warning("database: %s; the leases of %s messages run out", error, len(self.unsettled))
        self.disconnect()

    # The database

    def connected(self) -> psycopg.Connection[Any]:
        if self.connection is None:
            # No prepared statements: a connection pooler may give each transaction another server connection.
            self.connection = psycopg.connect(
                **connection_parameters(), autocommit=True, prepare_threshold=None
            )
            self.connection.execute("set statement_timeout = '60s'")
            self.connection.execute("listen incident_notification")
        return self.connection

    def disconnect(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def round(self, wait_for_more: bool = True) -> None:
        connection = self.connected()
        self.settle()
        if time.monotonic() >= self.beat_at:
            self.beat(connection)
        room = AT_ONCE - len(self.jobs)
        lease = self.config.timeout_seconds + LEASE_MARGIN_SECONDS
        if room > 0:
            for message_id, recipient, body in connection.execute(
                "select message_id, recipient, body"
                " from incident.claim_messages(%s, make_interval(secs => %s), %s)",
                [self.config.name, lease, room],
            ).fetchall():
                self.deliver(message_id, recipient, body)
        if wait_for_more:
            self.wait(self.config.poll_seconds)

    def beat(self, connection: psycopg.Connection[Any]) -> None:
        sweep_is_due, unreachable, _next = connection.execute(
            "select * from incident.notifier_seen(%s, %s, %s)",
            [self.config.name, __version__, sorted(self.config.contacts)],
        ).fetchone()
        self.beat_at = time.monotonic() + BEAT_SECONDS
        if sweep_is_due and not any(job.contact == "the sweep" for job in self.jobs):
            self.start(sweep, "the sweep", 300)
        if self.config.dead_mans_switch and time.monotonic() >= self.switch_at:
            url, timeout = self.config.dead_mans_switch, self.config.timeout_seconds
            self.start(lambda: call(url, timeout), "the dead man's switch", timeout)
            self.switch_at = time.monotonic() + SWITCH_SECONDS - BEAT_SECONDS / 2
        if tuple(unreachable) != self.last_unreachable:
            self.last_unreachable = tuple(unreachable)
            if unreachable:
                log.warning(
                    "no URL for %s: add them under [contact]; their messages wait", ", ".join(unreachable)
                )

    def settle(self) -> None:
        while self.unsettled:
            message_id, words, retry_after = self.unsettled[0]
            (state,) = (
                self.connected()
                .execute(
                    "select incident.settle_message(%s, %s, make_interval(secs => %s))",
                    [message_id, words, retry_after],
                )
                .fetchone()
            )
            self.unsettled.pop(0)
            if words is None or state != "pending":
                self.delivered.pop(message_id, None)

    # Deliveries

    def deliver(self, message_id: int, recipient: str, body: dict[str, Any]) -> None:
        addresses = self.config.contacts.get(recipient)
        if not addresses:
            self.settle_later(message_id, recipient, f"the notifier has no URL for {recipient}", None)
            return
        key = f"{self.config.site}-message-{body['message_id']}"
        message = Message(key, *text(self.config, body, key), body)
        done = self.delivered.setdefault(message_id, set())
        missing = [url for url in addresses if url not in done]
        timeout = self.config.timeout_seconds
        self.start(lambda: send_all(missing, message, timeout), recipient, timeout, message_id)

    def start(
        self, work: Callable[[], Any], contact: str, timeout: float, message_id: int | None = None
    ) -> None:
        ours, theirs = processes.Pipe(duplex=False)
        process = processes.Process(target=in_process, args=(work, theirs), daemon=True)
        process.start()
        theirs.close()
        self.jobs.append(Job(process, ours, time.monotonic() + timeout, message_id, contact))

    def wait(self, timeout: float) -> None:
        """Until a delivery ends, the database calls, or the time is over."""
        if self.stopping and not self.jobs:
            return
        until = min([time.monotonic() + timeout, *(job.deadline for job in self.jobs)])
        sources: list[Any] = [job.pipe for job in self.jobs]
        if self.signalled is not None and not self.stopping:
            sources.append(self.signalled)
        if self.connection is not None and not self.connection.closed:
            sources.append(self.connection.fileno())
        ready = wait(sources, max(until - time.monotonic(), 0)) if sources else time.sleep(timeout)
        if self.connection is not None and ready and self.connection.fileno() in ready:
            self.drain(self.connection)
        for job in list(self.jobs):
            if job.pipe.poll():
                self.ended(job)
            elif time.monotonic() >= job.deadline:
                job.process.kill()
                self.ended(job)

    def drain(self, connection: psycopg.Connection[Any]) -> None:
        """What the database called for, the next claim finds; that it went away, the next statement."""
        for _call in connection.notifies(timeout=0):
            pass

    def ended(self, job: Job) -> None:
        try:
            result = job.pipe.recv() if job.pipe.poll() else None
        except EOFError:
            result = None
        job.process.join(5)
        job.pipe.close()
        self.jobs.remove(job)
        seconds = self.config.timeout_seconds
        outcome = result or ("failed", f"no answer within {seconds:.0f} s", None)
        if job.message_id is None:
            if outcome[0] == "failed":
                log.warning("%s: %s", job.contact, outcome[1])
            return
        if outcome[0] == "ok":
            done, words, retry_after = outcome[1]
            self.delivered.setdefault(job.message_id, set()).update(done)
        else:
            words, retry_after = outcome[1], outcome[2]
        self.settle_later(job.message_id, job.contact, words, retry_after)

    def settle_later(
        self, message_id: int, contact: str, words: str | None, retry_after: float | None
    ) -> None:
        if words is None:
            log.info("message %s to %s: sent", message_id, contact)
        else:
            self.failed = True
            log.warning("message %s to %s: %s", message_id, contact, words)
        self.unsettled.append((message_id, words, retry_after))


def send_all(urls: list[str], message: Message, timeout: float) -> tuple[list[str], str | None, float | None]:
    """To every address; what has arrived there is not sent there again when another address failed."""
    done, words, retry_after = [], [], None
    for url in urls:
        try:
            send(url, message, timeout)
            done.append(url)
        except NotDelivered as error:
            words.append(str(error))
            retry_after = error.retry_after or retry_after
    return done, "; ".join(words) or None, retry_after


def sweep() -> None:
    with psycopg.connect(**connection_parameters(), autocommit=True) as connection:
        connection.execute("select ran from incident.sweep()")


def call(url: str, timeout: float) -> None:
    urllib.request.urlopen(url, timeout=timeout).close()
