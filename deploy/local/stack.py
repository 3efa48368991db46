"""The whole system on one machine: started in order, watched, restarted part by part, stopped in order."""

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from deploy.local import (
    broker as kafka,
)
from deploy.local import (
    failures,
    keys,
    ports,
    postgres,
    process,
    programs,
    sql,
    state,
    valkey,
)
from deploy.local.environment import DEMO, Environment, database_variable
from deploy.local.plan import Plan, Program
from deploy.local.process import Running
from deploy.local.watch import Unit

PROGRAM_PATIENCE_S = 90.0
WAITING_NOTE_S = 10.0
COMMAND_PATIENCE_S = 600.0
WATCH_EVERY_S = 0.2
READY_PROBE_S = 0.1
ACCOUNTS_VARIABLE = "DEMO_ACCOUNTS_FILE"


class Stack:
    """One system. `say` takes each line of progress."""

    def __init__(self, plan: Plan, folder: Path, say: Callable[[str], None]) -> None:
        self.plan = plan
        self.folder = folder
        self.say = say
        self.units: list[Unit] = []  # in the order in which they were started
        self.commands: list[Running] = []
        services = [one.name for one in plan.services]
        self.env = Environment(plan, keys.load_or_make(folder / "secrets", services))
        self.env.common["SIMULATOR_DATA"] = str(self._data("simulators"))
        self.state = state.State(pid=os.getpid())
        self.orderly = True
        """Kafka wrote everything to its disk when it last stopped."""

    def start(self) -> None:
        """Everything, up to the demo data. A failure is raised as `PartFailed`; call `stop` in any case."""
        self.prepare()
        self._start_programs()
        self._seed()
        front = self.plan.front
        self.state.address = self.env.url_of(front) if front in self.env.ports else ""
        accounts = self._accounts_file()
        self.state.welcome = accounts.read_text() if accounts.exists() else ""

    def prepare(self) -> None:
        """Servers, databases, topics: all that our own programs need."""
        programs.require(self.plan)
        process.require_disk("launcher", self.folder)
        self._note(state.STARTING)
        broker = self._begin_parts()
        migrations = self._begin_migrations()
        self._finish_kafka(broker)
        self._finish(migrations)
        if not self.orderly:
            self._tell_again()

    def ready(self) -> None:
        """Say to everybody who looks that the start is complete."""
        self._note(state.READY)

    def watch(self) -> None:
        """Restart what dies, for ever; ends only by an exception (a signal)."""
        while True:
            changed = [unit.look_after(self.say) for unit in self.units]
            if any(changed):
                self._note(self.state.phase)
            time.sleep(WATCH_EVERY_S)

    def stop(self) -> None:
        """Programs first and together, then Kafka, Valkey, PostgreSQL."""
        self._note(state.STOPPING)
        running = [unit.running for unit in self.units]
        parts = [one for one in running if one.name in (kafka.NAME, valkey.NAME, postgres.NAME)]
        ours = [one for one in running if one not in parts] + self.commands
        for one in ours:
            one.ask_to_stop()
        for one in ours:
            one.stop()
        for one in sorted(
            parts, key=lambda one: (kafka.NAME, valkey.NAME, postgres.NAME).index(one.name)
        ):
            one.stop()
        state.forget(self.folder)

    # Parts -------------------------------------------------------------------------------------------

    def _begin_parts(self) -> Running | None:
        """PostgreSQL and Valkey ready, Kafka (the slowest) on its way."""
        wanted = [
            one.name for one in self.plan.services if database_variable(one.name) not in os.environ
        ]
        database = self._begin_postgres() if wanted else None
        self._start_valkey()
        broker = self._begin_kafka()
        if database is not None:
            postgres.wait_ready(database)
            self._say_ready(database)
        for service in self.plan.services:
            self.env.databases[service.name] = self._database_of(service.name, database)
        return broker

    def _begin_postgres(self) -> Running:
        port = self._port(postgres.NAME, self.plan.postgres_port)
        password = self.env.keys[keys.password_name("postgres")]
        return self._begin(
            partial(postgres.begin, self._data("postgres"), port=port, password=password,
                    log=self._log("postgres"))
        )  # fmt: skip

    def _database_of(self, service: str, local: Running | None) -> str:
        if local is not None and database_variable(service) not in os.environ:
            password = self.env.keys[keys.password_name(service)]
            return postgres.ensure_service_database(local.url, service, password)
        given = os.environ[database_variable(service)]
        try:
            reason = "" if sql.is_answering(given) else "no answer"
        except sql.WrongPassword:
            reason = "wrong user or password"
        if reason:
            raise failures.unreachable(postgres.NAME, database_variable(service), reason)
        return given

    def _start_valkey(self) -> None:
        if given := os.environ.get("REDIS_URL"):
            if not valkey.is_listening(given):
                raise failures.unreachable(valkey.NAME, "REDIS_URL", "no answer")
            self.env.common["REDIS_URL"] = given
            return
        port = self._port(valkey.NAME, self.plan.valkey_port)
        running = self._begin(
            partial(valkey.begin, self._data("valkey"), port=port, log=self._log("valkey"))
        )
        valkey.wait_ready(running)
        self.env.common["REDIS_URL"] = running.url
        self._say_ready(running)

    def _begin_kafka(self) -> Running | None:
        if given := os.environ.get("KAFKA_BOOTSTRAP"):
            if not kafka.is_answering(given):
                raise failures.unreachable(kafka.NAME, given, "no answer")
            self.env.common["KAFKA_BOOTSTRAP"] = given
            return None
        port = self._port(kafka.NAME, self.plan.kafka_port)
        self.orderly = kafka.stopped_in_order(self._data("kafka"))
        running = self._begin(
            partial(kafka.begin, self._data("kafka"), port=port, log=self._log("kafka"))
        )
        self.env.common["KAFKA_BOOTSTRAP"] = running.url
        return running

    def _finish_kafka(self, broker: Running | None) -> None:
        if broker is not None:
            kafka.wait_ready(broker)
            self._say_ready(broker)
        if self.plan.topics:
            self._finish([self._command("topics", self.plan.topics, env=self._tools())])

    # Programs ----------------------------------------------------------------------------------------

    def _begin_migrations(self) -> list[Running]:
        for program in (*self.plan.simulators, *self.plan.services):
            self.env.ports[program.name] = self._port_of(program)
        return [
            self._command(
                f"{one.name} migrate", one.module, "migrate", env=self.env.for_program(one)
            )
            for one in self.plan.services
        ]

    def _tell_again(self) -> None:
        """After a power cut Kafka may lack the last facts it confirmed: before anything new, they are told once more."""
        self.say(
            "上次未正常停止，重发最近的事件 the last stop was not orderly, telling the latest facts again …"
        )
        telling = [
            self._command(
                f"{one.name} republish",
                one.module,
                "republish",
                "--unflushed",
                env=self.env.for_program(one),
            )
            for one in self.plan.services
        ]
        self._finish(telling)

    def _start_programs(self) -> None:
        chosen = (*self.plan.simulators, *self.plan.services)
        waiting = {one.name: self._begin(partial(self.begin_program, one)) for one in chosen}
        began = noted = time.monotonic()
        while waiting:
            for name, running in list(waiting.items()):
                if programs.is_ready(running.url):
                    self._say_ready(running)
                    del waiting[name]
                elif not running.is_alive():
                    raise failures.died(
                        name, running.process.returncode, running.log, running.log_since
                    )
            now = time.monotonic()
            if now - began > PROGRAM_PATIENCE_S:
                name, running = next(iter(waiting.items()))
                raise failures.not_ready(name, PROGRAM_PATIENCE_S, running.log)
            if waiting and now - noted > WAITING_NOTE_S:
                noted = now
                self.say(f"等待 waiting for: {', '.join(waiting)}")
            time.sleep(READY_PROBE_S)

    def begin_program(self, program: Program, port: int | None = None) -> Running:
        """One of our own programs, not waited for; `port`: a second copy's, instead of the planned one."""
        port = port or self.env.ports[program.name]
        env = self.env.for_program(program) | {f"{program.name.upper()}_PORT": str(port)}
        return programs.begin(program, port, env, self._log(program.name))

    def _seed(self) -> None:
        """Demo data, once; a seed that was interrupted runs again and must find what is there already."""
        finished = self._data("seeded")
        if self.plan.seed is None or self.env.profile != DEMO or finished.exists():
            return
        self.say("录入演示数据 entering the demo data …")
        self._finish([self._command("seed", self.plan.seed, env=self._tools())])
        finished.touch()

    # Common ------------------------------------------------------------------------------------------

    def _begin(self, begin: Callable[[], Running]) -> Running:
        running = begin()
        self.units.append(Unit(begin, running))
        self._note(self.state.phase)
        return running

    def _command(self, shown: str, *words: str, env: dict[str, str]) -> Running:
        """`shown` begins with the name of the log."""
        running = programs.command(shown, words, env, self._log(shown.partition(" ")[0]))
        self.commands.append(running)
        return running

    def _finish(self, commands: list[Running]) -> None:
        for one in commands:
            one.wait_until(lambda one=one: one.process.poll() == 0, COMMAND_PATIENCE_S)  # type: ignore[misc]
            self.say(f"{one.name} ✓")

    def _port(self, part: str, wanted: int) -> int:
        taken = frozenset(one.port for one in (*self.plan.services, *self.plan.simulators))
        return self._told(part, wanted, ports.choose(part, wanted, avoid=taken))

    def _port_of(self, program: Program) -> int:
        given = os.environ.get(f"{program.name.upper()}_PORT")
        if given:
            return ports.choose(program.name, int(given), demanded=True)
        planned = {one.port for one in (*self.plan.services, *self.plan.simulators)}
        avoid = frozenset(planned | set(self.env.ports.values()))
        return self._told(
            program.name, program.port, ports.choose(program.name, program.port, avoid=avoid)
        )

    def _told(self, part: str, wanted: int, chosen: int) -> int:
        if chosen != wanted:
            holder = ports.holder_of(wanted)
            self.say(f"{part}: 端口 {wanted} 被占用（{holder}），改用 {chosen}；"
                     f"port {wanted} is taken by {holder}, using {chosen}")  # fmt: skip
        return chosen

    def _say_ready(self, running: Running) -> None:
        address = running.url.rpartition("@")[2]
        self.say(f"{running.name} 就绪 ready  {address}")

    def _tools(self) -> dict[str, str]:
        return os.environ | self.env.for_tools() | {ACCOUNTS_VARIABLE: str(self._accounts_file())}

    def _accounts_file(self) -> Path:
        return self.folder / "secrets" / "demo-accounts.txt"

    def _note(self, phase: str) -> None:
        self.state.phase = phase
        self.state.parts = [
            state.Part(
                one.running.name,
                one.running.pid,
                one.running.url,
                str(one.running.log),
                one.restarts,
            )
            for one in self.units
        ]
        if self.env.ports and "KAFKA_BOOTSTRAP" in self.env.common:
            self.state.environment = self.env.for_tools()
        state.save(self.folder, self.state)

    def _data(self, name: str) -> Path:
        return self.folder / "data" / name

    def _log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"
