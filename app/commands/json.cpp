// json: validates a file and prints it byte for byte, but for what was set.
#include "app/commands/verb.h"

#include "core/value/jsondocument.h"

namespace kvscope {

int runJson(VerbContext &context)
{
    Result<Bytes> bytes = readFile(context.arguments.positional().front());
    if (!bytes) return context.output.fail(bytes.error());
    // Parsed only, to be told where and why; the edits below parse again.
    if (const auto document = JsonDocument::parse(*bytes); !document) {
        const JsonError &fault = document.error();
        context.output.remark(
            QStringLiteral("%1:%2: %3").arg(fault.line).arg(fault.column).arg(fault.reason()));
        return context.output.finish(Exit::NotAsItShouldBe,
                                     JsonLine("result")
                                         .boolean("valid", false)
                                         .integer("line", fault.line)
                                         .integer("column", fault.column)
                                         .text("reason", fault.reason().toStdString()));
    }
    const std::vector<Bytes> edits = context.arguments.values("set");
    for (std::size_t i = 0; i + 1 < edits.size(); i += 2) {
        bytes = setInJson(std::move(*bytes), edits[i], edits[i + 1]);
        if (!bytes) return context.output.fail(bytes.error());
    }
    context.output.answer(*bytes);
    JsonLine line("result");
    line.boolean("valid", true).integer("line", std::nullopt).integer("column", std::nullopt);
    line.integer("reason", std::nullopt);
    if (context.output.isJson() && !edits.empty()) line.bytes("value", *bytes);
    return context.output.finish(Exit::Done, std::move(line));
}

} // namespace kvscope
