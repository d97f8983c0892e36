// scan: every key of a store once.
#include "app/commands/seenkeys.h"
#include "app/commands/verb.h"

#include "core/base/human.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <atomic>

namespace kvscope {
namespace {

constexpr std::size_t kMostPagesWaiting = 32;
constexpr qint64 kProgressEveryMs = 500;

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::ScanVerb)
};

Result<ScanOptions> optionsFrom(const Arguments &arguments)
{
    ScanOptions options;
    options.match = arguments.value("match").value_or(Bytes());
    if (const auto type = arguments.value("type")) {
        options.type = valueTypeFromName(*type);
        if (options.type == ValueType::Module || options.type == ValueType::None)
            return failure(ErrorCode::WrongUsage,
                           {Sentences::tr("--type is string, hash, list, set, zset or stream")});
    }
    if (const auto count = arguments.value("count")) {
        bool ok = false;
        options.count = QByteArray::fromStdString(*count).toInt(&ok);
        if (!ok || options.count < 1)
            return failure(ErrorCode::WrongUsage, {Sentences::tr("--count is a number above 0")});
    }
    return options;
}

// Takes pages on the main thread and says when the pass is over.
class Printer
{
  public:
    explicit Printer(Output &output) : m_output(output) { m_clock.start(); }

    void print(const ScanPage &page)
    {
        for (std::size_t i = 0; i < page.keys.size(); ++i) {
            const BytesView key = page.keys[i];
            if (!m_seen.insert(key)) continue;
            if (m_output.isJson())
                m_output.line(JsonLine("item").bytes("key", key));
            else
                m_output.answer(escapeBytes(key) + '\n');
        }
        if (m_clock.elapsed() - m_lastProgress < kProgressEveryMs) return;
        m_lastProgress = m_clock.elapsed();
        const QString rate =
            QString::fromStdString(formatRate(static_cast<double>(m_seen.size()) / seconds()));
        m_output.progress(
            Sentences::tr("%1 keys, %2")
                .arg(QString::fromStdString(formatCount(m_seen.size())), rate),
            JsonLine("progress").integer("keys", keys()).number("seconds", seconds()));
    }

    std::int64_t keys() const { return static_cast<std::int64_t>(m_seen.size()); }
    double seconds() const { return static_cast<double>(m_clock.nsecsElapsed()) * 1e-9; }

  private:
    Output &m_output;
    SeenKeys m_seen;
    QElapsedTimer m_clock;
    qint64 m_lastProgress = 0;
};

} // namespace

int runScan(VerbContext &context)
{
    Result<ScanOptions> options = optionsFrom(context.arguments);
    if (!options) return context.output.fail(options.error());
    auto store = context.openStore(context.url(0), Access::ReadOnly);
    if (!store) return context.output.fail(store.error());

    Printer printer(context.output);
    Lifetime lifetime;
    QEventLoop loop;
    std::optional<Error> trouble;
    bool complete = false;
    std::unique_ptr<Scan> scan;
    const auto waiting = std::make_shared<std::atomic<std::size_t>>(0);
    const auto deliver = lifetime.guard([&, waiting](const Result<ScanPage> &page) {
        if (!page) {
            trouble = page.error();
            return loop.quit();
        }
        if (waiting->fetch_sub(1) == kMostPagesWaiting / 2) scan->resume();
        printer.print(*page);
        if (!page->last) return;
        complete = true;
        loop.quit();
    });
    const auto hold = lifetime.guard([&, waiting] {
        if (waiting->load() > kMostPagesWaiting / 2) scan->pause();
    });
    QObject::connect(&context.interrupt, &Interrupt::interrupted, &loop, &QEventLoop::quit);
    scan = (*store)->keySpace().scan(
        std::move(*options), [deliver, hold, waiting](Result<ScanPage> page) {
            const bool tooMany = page && waiting->fetch_add(1) + 1 == kMostPagesWaiting;
            deliver(std::move(page));
            if (tooMany) hold();
        });
    if (!complete && !trouble && !context.interrupt.raised()) loop.exec();
    scan->cancel();
    if (trouble) return context.output.fail(*trouble);
    return context.output.finish(
        complete ? Exit::Done : Exit::Interrupted,
        JsonLine("result").integer("keys", printer.keys()).number("seconds", printer.seconds()));
}

} // namespace kvscope
