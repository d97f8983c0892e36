// JobVerb: a job's thread beside the verb's event loop.
#include "app/commands/jobverb.h"

#include "core/base/human.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <thread>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::JobVerb)
};

QString sentenceOf(const JobProgress &progress)
{
    QString text = progress.phase;
    const auto count = [](std::int64_t n) {
        return QString::fromStdString(formatCount(static_cast<std::uint64_t>(n)));
    };
    if (progress.total)
        text += QStringLiteral(": ") +
                Sentences::tr("%1 of %2").arg(count(progress.done), count(*progress.total));
    else if (progress.done > 0)
        text += QStringLiteral(": ") + count(progress.done);
    if (progress.rowsPerSecond > 0)
        text += QStringLiteral(" · ") + QString::fromStdString(formatRate(progress.rowsPerSecond));
    if (progress.leftMs && *progress.leftMs > 0)
        text +=
            QStringLiteral(" · ") +
            Sentences::tr("%1 left").arg(QString::fromStdString(formatDuration(*progress.leftMs)));
    if (!progress.slowedBy.isEmpty()) text += QStringLiteral(" · ") + progress.slowedBy;
    return text;
}

Error withoutStore(const VerbContext &context)
{
    return Error(
        ErrorCode::WrongUsage,
        {Sentences::tr("%1 needs --store URL").arg(QString::fromStdString(context.words.front()))});
}

} // namespace

Result<Binding> bindingOf(const VerbContext &context)
{
    // A line that can't work is told before a file that can't be read.
    if (!context.arguments.has("store") && !context.arguments.has("print-trigger"))
        return failure(withoutStore(context));
    return Binding::load(context.url(0));
}

Result<std::unique_ptr<Store>> jobStore(VerbContext &context, Access access)
{
    if (!context.arguments.has("store")) return failure(withoutStore(context));
    return context.openStore(optionText(context.arguments, "store"), access);
}

QString optionText(const Arguments &arguments, const char *name)
{
    return QString::fromStdString(arguments.value(name).value_or(Bytes()));
}

Result<double> positiveNumber(const Arguments &arguments, const char *name)
{
    if (!arguments.has(name)) return 0.0;
    bool ok = false;
    const double value = optionText(arguments, name).toDouble(&ok);
    if (ok && value > 0 && value < 1e12) return value;
    return failure(ErrorCode::WrongUsage,
                   {Sentences::tr("--%1 is a number above 0").arg(QString::fromLatin1(name))});
}

void runOnThread(VerbContext &context, JobControl &control, const std::function<void()> &work)
{
    Lifetime lifetime;
    QEventLoop loop;
    const auto cancel = QObject::connect(&context.interrupt, &Interrupt::interrupted, &loop,
                                         [&control] { control.cancel(); });
    if (context.interrupt.raised()) control.cancel();
    const auto ended = lifetime.guard([&loop] { loop.quit(); });
    std::jthread thread([&work, ended] {
        work();
        ended();
    });
    loop.exec();
    QObject::disconnect(cancel);
}

std::function<void(const JobProgress &)> progressSink(VerbContext &context, Lifetime &lifetime)
{
    return latestSink<JobProgress>(lifetime, [&context](const JobProgress &progress) {
        JsonLine line("progress");
        line.text("phase", progress.phase.toStdString()).integer("rows", progress.done);
        line.integer("total", progress.total).number("rows_per_second", progress.rowsPerSecond);
        line.integer("left_ms", progress.leftMs);
        if (!progress.slowedBy.isEmpty()) line.text("slowed_by", progress.slowedBy.toStdString());
        context.output.progress(sentenceOf(progress), std::move(line));
    });
}

RunRecord::State endState(const std::optional<Error> &error)
{
    if (!error) return RunRecord::State::Done;
    return error->code() == ErrorCode::Cancelled ? RunRecord::State::Cancelled
                                                 : RunRecord::State::Failed;
}

} // namespace kvscope
