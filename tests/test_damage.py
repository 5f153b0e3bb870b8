"""Damage is found, not served: a small part of `python -m tests.faults.damage`."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from faults.damage import Damage, give_a_state_before, main, tried, try_all

from index.store import StoreError, open_generation

ROOT = Path(__file__).parents[1]


@pytest.fixture
def directory(seeds_directory: Path, tmp_path: Path) -> Path:
    made = Path(shutil.copytree(seeds_directory, tmp_path / "index"))
    give_a_state_before(made)
    return made


def test_every_damage_is_refused_with_the_file_and_a_repair(directory: Path) -> None:
    counts, served = try_all(directory, flips=120, cuts=60, swaps=12, seed=1)
    assert [f"{each.damage.kind} {each.damage.what}: {each.instead}" for each in served] == []
    assert counts == {
        "bit flips": 120,
        "truncations": 60,
        "swapped": 3,
        "of the state before": 3,
        "missing": 3,
        "extra": 3,
    }


def test_every_bit_and_every_length_of_the_pointer_is_checked(directory: Path) -> None:
    pointer = directory / "CURRENT"
    whole = pointer.read_bytes()
    flipped = [
        whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :] for at in range(len(whole)) for bit in range(8)
    ]
    for damaged in (*flipped, *(whole[:length] for length in range(len(whole)))):
        pointer.write_bytes(damaged)
        with pytest.raises(StoreError, match=r"CURRENT.*hoibao doctor --repair"):
            open_generation(directory)
    pointer.write_bytes(whole)
    open_generation(directory)


def test_the_command_counts_what_is_refused(seeds_directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--index", str(seeds_directory), "--flips", "3", "--cuts", "0", "--swaps", "0", "--seed", "2"]
    assert main(command) == 0
    assert capsys.readouterr().out.startswith("bit flips: 3 of 3 refused\nseed 2, ")


def test_what_is_opened_would_be_told(directory: Path) -> None:
    assert tried(directory, Damage("none", "", ("CURRENT",), lambda: None)) == "opened"


def test_no_damage_is_opened_by_the_command_line_and_torch_is_not_needed_to_say_so(directory: Path) -> None:
    folder, _ = open_generation(directory)
    (folder / "vectors.npy").write_bytes((folder / "vectors.npy").read_bytes()[:-1])
    code = (
        "import sys; from qa.cli import app\n"
        "try: app(['search', 'Hải Phòng', '--index', sys.argv[1]])\n"
        "except ValueError as error: print(error, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, directory], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "vectors.npy: missing, or not the file that was written" in done.stdout
    assert done.stdout.endswith(f"hoibao build FOLDER --index {directory} False\n")
