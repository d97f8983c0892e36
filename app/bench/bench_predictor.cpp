// `bench predictor`: what the learned predictor picks to warm against what was asked for most in
// the last window, on real traces split in time.
#include "app/bench/cases.h"
#include "core/trace/tracegenerator.h"
#include "core/trace/tracereader.h"
#include "core/trace/warmsplit.h"

#include <QDir>
#include <QFileInfo>

#include <cmath>

namespace kvscope::bench {
namespace {

struct NamedTrace
{
    QString name;
    std::vector<trace::Request> requests;
};

// `--traces FOLDER`, else ../shared/traces beside the checkout.
QStringList tracePaths(const Context &context)
{
    QString folder = QDir::current().filePath(QStringLiteral("../shared/traces"));
    const qsizetype at = context.arguments.indexOf(QStringLiteral("--traces"));
    if (at >= 0 && at + 1 < context.arguments.size()) folder = context.arguments[at + 1];
    QStringList paths;
    for (const QFileInfo &file :
         QDir(folder).entryInfoList({QStringLiteral("*.oracleGeneral*")}, QDir::Files, QDir::Name))
        paths << file.absoluteFilePath();
    return paths;
}

struct Tally
{
    double logs = 0;
    int cells = 0;
    int lost = 0;
    double worst = 1e9;

    void add(double ratio)
    {
        logs += std::log(ratio);
        ++cells;
        lost += ratio < 1 ? 1 : 0;
        worst = std::min(worst, ratio);
    }
    double mean() const { return cells == 0 ? 0 : std::exp(logs / cells); }
};

void measure(const Context &context, const NamedTrace &each, Tally &tally)
{
    for (const double split : {0.3, 0.5, 0.7}) {
        for (const double window : {0.02, 0.05, 0.1}) {
            const trace::SplitResult result =
                trace::compareOnSplit(each.requests, {.split = split, .window = window});
            for (const trace::SplitCell &cell : result.cells) {
                const double ratio = double(std::max<std::size_t>(cell.learned, 1)) /
                                     double(std::max<std::size_t>(cell.lastWindow, 1));
                tally.add(ratio);
                context.item({{QStringLiteral("trace"), each.name},
                              {QStringLiteral("split"), split},
                              {QStringLiteral("window"), qint64(cell.window)},
                              {QStringLiteral("objects"), qint64(cell.objects)},
                              {QStringLiteral("learned_hits"), qint64(cell.learned)},
                              {QStringLiteral("last_window_hits"), qint64(cell.lastWindow)},
                              {QStringLiteral("best_hits"), qint64(cell.best)},
                              {QStringLiteral("ratio"), ratio},
                              {QStringLiteral("seconds"), result.seconds}});
            }
        }
    }
}

} // namespace

Result<Outcome> benchPredictor(const Context &context)
{
    std::vector<NamedTrace> traces;
    for (const QString &path : tracePaths(context)) {
        std::optional<trace::TraceError> error;
        auto requests = trace::readTrace(path.toStdString(), error);
        if (error)
            return failure(ErrorCode::FileUnreadable,
                           {path, QString::fromStdString(error->detail)});
        traces.push_back(
            {QFileInfo(path).fileName().section(QLatin1Char('.'), 0, 0), std::move(requests)});
    }
    if (traces.empty()) {
        context.progress(QStringLiteral("../shared/traces is absent: an invented trace instead"));
        traces.push_back({QStringLiteral("invented"), trace::generateTrace({})});
    }
    Outcome outcome;
    for (const NamedTrace &each : traces) {
        context.progress(
            QStringLiteral("%1: %2 requests").arg(each.name).arg(each.requests.size()));
        Tally tally;
        measure(context, each, tally);
        outcome.figures[each.name] = QJsonObject{{QStringLiteral("cells"), tally.cells},
                                                 {QStringLiteral("lost"), tally.lost},
                                                 {QStringLiteral("worst"), tally.worst}};
        outcome.ratios.push_back({each.name, tally.mean(), Ratio::Better::Higher, 1.0});
    }
    return outcome;
}

} // namespace kvscope::bench
