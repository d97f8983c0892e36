// addLlamaCpp: llama.cpp on the same file, driven by a small script for node.
#include "app/bench/benchlab.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>

namespace kvscope::bench {
namespace {

constexpr int kPatienceMs = 180'000;
constexpr int kContext = 64;
constexpr int kSteps = 128;

// Prints one JSON object a setting. The generator's own cost for each token counts as llama.cpp's:
// it is what a program that uses this package gets.
const char *const kScript = R"js(
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";
const [folder, modelPath, lengthText, stepsText] = process.argv.slice(2);
const entry = createRequire(folder + "/x.js").resolve("node-llama-cpp");
const {getLlama, LlamaLogLevel} = await import(pathToFileURL(entry).href);
const length = Number(lengthText), steps = Number(stepsText);
const llama = await getLlama({gpu: false, build: "never", logLevel: LlamaLogLevel.disabled});
const model = await llama.loadModel({modelPath});
const tokens = Array.from({length}, (_, i) => (i * 37 + 5) % 1000 + 3);
const settings = [];
for (const threads of [1, 2])
  for (const flashAttention of [false, true])
    settings.push({name: `threads ${threads}` + (flashAttention ? " flash" : ""), threads, flashAttention});
settings.push({name: "default"});
for (const {name, ...options} of settings) {
  const context = await model.createContext({contextSize: length + steps + 8, batchSize: Math.max(length, 64), ...options});
  const sequence = context.getSequence();
  const prefills = [], decodes = [];
  // Its threads spin at barriers: on shared cores a setting can be a hundred times slower than another.
  const begun = performance.now();
  for (let round = 0; round < 7 && (round === 0 || performance.now() - begun < 4000); ++round) {
    await sequence.clearHistory();
    let start = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(tokens);
    prefills.push(performance.now() - start);
    let made = -1;
    for await (const _ of sequence.evaluate([tokens[0]], {temperature: 0, yieldEogToken: true})) {
      if (made < 0) start = performance.now();
      if (++made >= steps || (made > 0 && performance.now() - start > 2000)) break;
    }
    decodes.push((performance.now() - start) / made);
  }
  const median = (v) => v.sort((a, b) => a - b)[v.length >> 1];
  console.log(JSON.stringify({name, prefill_tps: length / median(prefills) * 1000, decode_tps: 1000 / median(decodes)}));
  await context.dispose();
}
process.exit(0);
)js";

/// The folder whose node_modules has the package; empty where none has.
QString packageFolder(const Context &context)
{
    return context.option(QStringLiteral("node-modules"), qEnvironmentVariable("NODE_PATH"));
}

std::vector<QJsonObject> askLlamaCpp(const QString &folder, const QString &model)
{
    // A file: what node is told by -e it tells its child processes too, and the package has some.
    const QTemporaryDir scratch;
    QFile script(scratch.filePath(QStringLiteral("llamacpp.mjs")));
    if (!script.open(QIODevice::WriteOnly) || script.write(kScript) < 0) return {};
    script.close();
    QProcess node;
    node.start(QStringLiteral("node"), {script.fileName(), folder, model, QString::number(kContext),
                                        QString::number(kSteps)});
    if (!node.waitForFinished(kPatienceMs)) node.kill();
    node.waitForFinished();
    std::vector<QJsonObject> out;
    for (const QByteArray &line : node.readAllStandardOutput().split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (object.contains(QStringLiteral("decode_tps"))) out.push_back(object);
    }
    return out;
}

} // namespace

void addLlamaCpp(const Context &context, const Contest &contest, Outcome &outcome)
{
    const QString folder = packageFolder(context);
    if (folder.isEmpty() || QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty()) {
        context.progress(QStringLiteral(
            "llama.cpp is not compared: --node-modules DIR names a folder with node-llama-cpp"));
        return;
    }
    context.progress(QStringLiteral("llama.cpp on the same file"));
    const std::vector<QJsonObject> settings = askLlamaCpp(folder, contest.model);
    if (settings.empty()) {
        context.progress(
            QStringLiteral("llama.cpp is not compared: node-llama-cpp did not run from %1")
                .arg(folder));
        return;
    }
    const QString decode = QStringLiteral("decode_tps");
    const QString prefill = QStringLiteral("prefill_tps");
    double bestDecode = 0;
    double bestPrefill = 0;
    for (const QJsonObject &each : settings) {
        QJsonObject item = each;
        item[QStringLiteral("engine")] = QStringLiteral("llama.cpp");
        context.item(item);
        bestDecode = std::max(bestDecode, each[decode].toDouble());
        bestPrefill = std::max(bestPrefill, each[prefill].toDouble());
        if (each[QStringLiteral("name")] == QStringLiteral("default")) {
            outcome.reference[QStringLiteral("default_decode_tps") + contest.suffix] = each[decode];
            outcome.reference[QStringLiteral("default_prefill_tps") + contest.suffix] =
                each[prefill];
        }
    }
    outcome.reference[QStringLiteral("best_decode_tps") + contest.suffix] = bestDecode;
    outcome.reference[QStringLiteral("best_prefill_tps") + contest.suffix] = bestPrefill;
    outcome.ratios.push_back({QStringLiteral("decode_to_llama_cpp") + contest.suffix,
                              contest.decodeTps / bestDecode, Ratio::Better::Higher,
                              contest.decodeGoal});
    outcome.ratios.push_back({QStringLiteral("prefill_to_llama_cpp") + contest.suffix,
                              contest.prefillTps / bestPrefill, Ratio::Better::Higher,
                              contest.prefillGoal});
}

} // namespace kvscope::bench
