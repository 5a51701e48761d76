"""The ``command-reference`` directive: every command with its options, read from the program itself."""

from collections.abc import Iterator

import typer
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from typer.core import TyperGroup
from typer.main import get_command

from monps.cli.app import app as program


class CommandReference(Directive):
    """Sets out the commands, a section each."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        return list(_sections(typer.Context(get_command(program), info_name="monps")))


def _sections(context: typer.Context) -> Iterator[nodes.section]:
    command = context.command
    yield _section(context)
    if isinstance(command, TyperGroup):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            yield from _sections(typer.Context(below, info_name=name, parent=context))


def _section(context: typer.Context) -> nodes.section:
    path, command = context.command_path, context.command
    section = nodes.section(ids=[path.replace(" ", "-")], names=[path])
    section += nodes.title(text=path)
    section += [_explanation(text) for text in (command.help or "").split("\n\n")]
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    section += nodes.literal_block(text=usage, language="text")
    records = [record for param in command.get_params(context) if (record := param.get_help_record(context))]
    section += nodes.definition_list("", *(_option(*record) for record in records))
    return section


def _explanation(text: str) -> nodes.paragraph:
    intro, example, command = text.partition("Example: ")
    return nodes.paragraph("", intro + example, *([nodes.literal(text=command)] if example else []))


def _option(name: str, explanation: str) -> nodes.definition_list_item:
    term = nodes.term("", "", nodes.literal(text=name))
    return nodes.definition_list_item("", term, nodes.definition("", nodes.paragraph(text=explanation)))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("command-reference", CommandReference)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
