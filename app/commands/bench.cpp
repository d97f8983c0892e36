// bench: runs a case, prints its items, figures and ratios.
#include "app/commands/verb.h"

#include "app/bench/benchcase.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::BenchVerb)
};

int listCases(VerbContext &context)
{
    for (const bench::Case &each : bench::cases()) {
        context.output.answer(QStringLiteral("%1 %2\n")
                                  .arg(QString::fromLatin1(each.name), -10)
                                  .arg(QString::fromUtf8(each.summary))
                                  .toStdString());
        context.output.line(JsonLine("item").text("case", each.name).text("summary", each.summary));
    }
    return context.output.finish(Exit::Done);
}

QString cell(const QJsonValue &value)
{
    if (value.isDouble()) return QString::number(value.toDouble(), 'g', 6);
    if (value.isString()) return value.toString();
    if (value.isUndefined()) return QStringLiteral("-");
    const QJsonDocument document =
        value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return value.isBool() ? QVariant(value.toBool()).toString()
                          : QString::fromUtf8(document.toJson(QJsonDocument::Compact));
}

void printTable(Output &output, const bench::Outcome &outcome)
{
    const auto row = [&output](const QString &name, const QString &ours, const QString &reference) {
        output.answer(QStringLiteral("%1 %2 %3\n")
                          .arg(name, -28)
                          .arg(ours, 16)
                          .arg(reference, 16)
                          .toStdString());
    };
    row(QString(), Sentences::tr("ours"), Sentences::tr("reference"));
    QStringList names = outcome.figures.keys();
    for (const QString &name : outcome.reference.keys())
        if (!names.contains(name)) names.append(name);
    for (const QString &name : std::as_const(names))
        row(name, cell(outcome.figures.value(name)), cell(outcome.reference.value(name)));
    for (const bench::Ratio &ratio : outcome.ratios) {
        const bool higher = ratio.better == bench::Ratio::Better::Higher;
        output.answer(QStringLiteral("%1 %2   %3 %4   %5\n")
                          .arg(ratio.name, -28)
                          .arg(ratio.value, 16, 'g', 4)
                          .arg(higher ? QStringLiteral("≥") : QStringLiteral("≤"))
                          .arg(ratio.goal, 0, 'g', 6)
                          .arg(ratio.met() ? Sentences::tr("met") : Sentences::tr("missed"))
                          .toStdString());
    }
}

JsonLine resultOf(const bench::Case &which, const bench::Outcome &outcome)
{
    QJsonObject ratios;
    for (const bench::Ratio &ratio : outcome.ratios) {
        const bool higher = ratio.better == bench::Ratio::Better::Higher;
        ratios[ratio.name] = QJsonObject{
            {QStringLiteral("value"), ratio.value},
            {QStringLiteral("better"), higher ? QStringLiteral("higher") : QStringLiteral("lower")},
            {QStringLiteral("goal"), ratio.goal},
            {QStringLiteral("met"), ratio.met()}};
    }
    JsonLine line("result");
    line.text("case", which.name);
    line.members({{QStringLiteral("figures"), outcome.figures},
                  {QStringLiteral("reference"), outcome.reference},
                  {QStringLiteral("ratios"), ratios}});
    return line;
}

} // namespace

int runBench(VerbContext &context)
{
    bench::Context measured;
    std::optional<Bytes> name;
    for (const Bytes &word : context.words.subspan(1)) {
        if (word == "--json") continue;
        if (!name)
            name = word;
        else
            measured.arguments.append(QString::fromStdString(word));
    }
    if (!name)
        return context.output.fail(
            Error(ErrorCode::WrongUsage, {Sentences::tr("kvscope bench CASE, or list")}));
    if (*name == "list") return listCases(context);
    const auto found = std::ranges::find_if(
        bench::cases(), [&](const bench::Case &each) { return *name == each.name; });
    if (found == bench::cases().end())
        return context.output.fail(
            Error(ErrorCode::WrongUsage,
                  {Sentences::tr("there is no case “%1”; kvscope bench list shows them")
                       .arg(QString::fromStdString(*name))}));

    measured.item = [&](const QJsonObject &item) {
        context.output.line(std::move(JsonLine("item").members(item)));
    };
    measured.progress = [&](const QString &sentence) {
        context.output.progress(
            sentence, std::move(JsonLine("progress").text("message", sentence.toStdString())));
    };
    measured.text = [&](const QString &text) { context.output.answer(text.toStdString()); };
    // A case measures without an event loop; its servers die with this process.
    const int interrupted = static_cast<int>(Exit::Interrupted);
    context.interrupt.endAtOnce(
        context.output.isJson()
            ? JsonLine("result").boolean("done", true).integer("exit", interrupted).take()
            : Bytes(),
        interrupted);
    const Result<bench::Outcome> outcome = found->run(measured);
    if (!outcome) return context.output.fail(outcome.error());
    if (!outcome->isTold) printTable(context.output, *outcome);
    const bool met =
        std::ranges::all_of(outcome->ratios, [](const bench::Ratio &ratio) { return ratio.met(); });
    return context.output.finish(met ? Exit::Done : Exit::NotAsItShouldBe,
                                 resultOf(*found, *outcome));
}

} // namespace kvscope
