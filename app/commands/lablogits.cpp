// lab-logits and lab-tokens: what a model says of given tokens, and the tokens of a given text.
#include "app/commands/labmodel.h"
#include "core/store/kvfault.h"

#include <QCoreApplication>
#include <QFile>

#include <bit>
#include <charconv>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::LabVerbs)
};

/// "1,2,3".
std::optional<std::vector<llm::TokenId>> tokensIn(const Bytes &text)
{
    std::vector<llm::TokenId> tokens;
    const char *at = text.data();
    const char *const end = at + text.size();
    while (at < end) {
        llm::TokenId token = 0;
        const auto [next, error] = std::from_chars(at, end, token);
        if (error != std::errc() || (next != end && *next != ',') || next + 1 == end)
            return std::nullopt;
        tokens.push_back(token);
        at = next + (next == end ? 0 : 1);
    }
    if (tokens.empty()) return std::nullopt;
    return tokens;
}

/// Where rows of logits go: a file of float32, JSON items, or lines of text.
class LogitsSink
{
  public:
    LogitsSink(Output &output, const std::optional<Bytes> &path) : m_output(output)
    {
        if (path) m_file.setFileName(QFile::decodeName(QByteArray::fromStdString(*path)));
    }
    Result<bool> open()
    {
        if (m_file.fileName().isEmpty() || m_file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return true;
        return unwritable();
    }
    void row(std::size_t position, std::span<const float> logits)
    {
        if (m_file.isOpen()) {
            static_assert(std::endian::native == std::endian::little);
            m_file.write(reinterpret_cast<const char *>(logits.data()),
                         static_cast<qint64>(logits.size_bytes()));
            return;
        }
        JsonLine line("item");
        line.integer("position", static_cast<std::int64_t>(position)).floats("logits", logits);
        if (m_output.isJson()) {
            m_output.line(std::move(line));
            return;
        }
        JsonLine text;
        Bytes body = text.floats("", logits).take(); // {"":[…]} and a line break
        m_output.answer(BytesView(body).substr(4, body.size() - 7));
        m_output.answer("\n");
    }
    Result<bool> close()
    {
        if (!m_file.isOpen()) return true;
        m_file.close();
        if (m_file.error() != QFileDevice::NoError) return unwritable();
        return true;
    }

  private:
    Result<bool> unwritable() const
    {
        return failure(ErrorCode::FileUnwritable, {m_file.fileName(), m_file.errorString()});
    }
    Output &m_output;
    QFile m_file;
};

} // namespace

int runLabLogits(VerbContext &context)
{
    const auto text = context.arguments.value("tokens");
    const auto tokens = text ? tokensIn(*text) : std::nullopt;
    if (!tokens)
        return context.output.fail(Error(
            ErrorCode::WrongUsage, {Sentences::tr("--tokens is a list of whole numbers: 1,2,3")}));
    auto options = labOptions(context.arguments);
    if (!options) return context.output.fail(options.error());
    const auto model = labModel(context.arguments);
    if (!model) return context.output.fail(model.error());
    const QString path = labModelPath(context.arguments);
    auto session = llm::Session::make(*model, *options);
    if (!session) return context.output.fail(errorOf(session.error(), path));
    LogitsSink sink(context.output, context.arguments.value("out"));
    if (const auto opened = sink.open(); !opened) return context.output.fail(opened.error());

    const Result<bool> done =
        labWork(context.interrupt, [&](const std::stop_token &stop) -> Result<bool> {
            const auto ok = (*session)->score(
                *tokens, [&](std::size_t i, std::span<const float> logits) { sink.row(i, logits); },
                stop);
            if (!ok) return failure(errorOf(ok.error(), path));
            return true;
        });
    if (!done) return context.output.fail(done.error());
    if (const auto closed = sink.close(); !closed) return context.output.fail(closed.error());
    return context.output.finish(
        context.interrupt.raised() ? Exit::Interrupted : Exit::Done,
        JsonLine("result")
            .integer("vocab", static_cast<std::int64_t>((*model)->shape().vocab))
            .integer("positions", static_cast<std::int64_t>((*session)->tokens().size())));
}

int runLabTokens(VerbContext &context)
{
    const auto text = context.arguments.value("text");
    if (!text)
        return context.output.fail(
            Error(ErrorCode::WrongUsage, {Sentences::tr("--text TEXT is needed")}));
    const auto model = labModel(context.arguments);
    if (!model) return context.output.fail(model.error());
    const std::vector<llm::TokenId> tokens = (*model)->tokenizer().encode(*text);
    Bytes line;
    for (const llm::TokenId token : tokens)
        line += (line.empty() ? "" : ",") + std::to_string(token);
    context.output.answer(line + '\n');
    return context.output.finish(Exit::Done, JsonLine("result").integers("tokens", tokens));
}

} // namespace kvscope
