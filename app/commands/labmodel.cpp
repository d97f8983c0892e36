// labModel: options into a session's options.
#include "app/commands/labmodel.h"

#include "core/config/paths.h"
#include "core/store/kvfault.h"

#include <QCoreApplication>

#include <charconv>
#include <thread>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::LabVerbs)
};

template<class T>
std::optional<T> numberIn(const Bytes &text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Result<double> share(const Arguments &arguments, const char *name, double fallback, double most)
{
    const auto text = arguments.value(name);
    if (!text) return fallback;
    const auto value = numberIn<double>(*text);
    if (!value || !(*value >= 0) || *value > most)
        return failure(ErrorCode::WrongUsage, {Sentences::tr("--%1 is a number from 0 to %2")
                                                   .arg(QString::fromLatin1(name))
                                                   .arg(most)});
    return *value;
}

} // namespace

QString labModelPath(const Arguments &arguments)
{
    if (const auto path = arguments.value("model")) return QString::fromStdString(*path);
    return shippedModelPath();
}

Result<std::shared_ptr<const llm::Model>> labModel(const Arguments &arguments)
{
    const QString path = labModelPath(arguments);
    if (path.isEmpty())
        return failure(
            ErrorCode::WrongUsage,
            {Sentences::tr("no model came with this build; name a GGUF file: --model FILE")});
    const auto given = arguments.value("model");
    auto model = llm::Model::load(given ? *given : path.toStdString());
    if (!model) return failure(errorOf(model.error(), path));
    return std::move(*model);
}

Result<std::size_t> labNumber(const Arguments &arguments, const char *name, std::size_t fallback,
                              std::size_t least)
{
    const auto text = arguments.value(name);
    if (!text) return fallback;
    const auto value = numberIn<std::size_t>(*text);
    if (!value || *value < least || *value > (1U << 30U))
        return failure(ErrorCode::WrongUsage, {Sentences::tr("--%1 is a whole number from %2 up")
                                                   .arg(QString::fromLatin1(name))
                                                   .arg(least)});
    return *value;
}

Result<llm::Session::Options> labOptions(const Arguments &arguments)
{
    llm::Session::Options options;
    const Bytes kv = arguments.value("kv").value_or("f32");
    const auto type = llm::kvTypeFromName(kv);
    if (!type)
        return failure(ErrorCode::WrongUsage,
                       {Sentences::tr("--kv is f32, f16, q8, q4 or kivi2, not “%1”")
                            .arg(QString::fromStdString(kv))});
    options.kv = *type;
    if (arguments.has("rotate")) options.rotation = llm::Rotation::Hadamard;
    const Bytes cache = arguments.value("cache").value_or("full");
    if (cache == "off") {
        options.caching = llm::Caching::Off;
    } else {
        const auto policy = llm::PolicySpec::parse(cache);
        if (!policy) return failure(errorOf(policy.error(), {}));
        options.policy = *policy;
    }
    const auto threads = labNumber(arguments, "threads", 1, 1);
    if (!threads) return failure(threads.error());
    if (*threads > 256)
        return failure(ErrorCode::WrongUsage, {Sentences::tr("--threads is at most 256")});
    options.decoder.threads = *threads;
    const Bytes seedText = arguments.value("seed").value_or("0");
    const auto seed = numberIn<std::uint64_t>(seedText);
    if (!seed) return failure(ErrorCode::WrongUsage, {Sentences::tr("--seed is a whole number")});
    options.sampler.seed = options.policy.seed = *seed;
    const auto temperature = share(arguments, "temp", 0, 100);
    if (!temperature) return failure(temperature.error());
    options.sampler.temperature = *temperature;
    const auto topP = share(arguments, "top-p", 1, 1);
    if (!topP) return failure(topP.error());
    options.sampler.topP = *topP;
    const auto topK = labNumber(arguments, "top-k", 0, 0);
    if (!topK) return failure(topK.error());
    options.sampler.topK = *topK;
    return options;
}

Result<bool> labWork(Interrupt &interrupt, const std::function<Result<bool>(std::stop_token)> &work)
{
    Lifetime lifetime;
    QEventLoop loop;
    std::optional<Result<bool>> answer;
    const auto done = lifetime.guard([&](Result<bool> result) {
        answer = std::move(result);
        loop.quit();
    });
    std::jthread thread([&](const std::stop_token &stop) { done(work(stop)); });
    QObject::connect(&interrupt, &Interrupt::interrupted, &loop, [&] { thread.request_stop(); });
    if (interrupt.raised()) thread.request_stop();
    if (!answer) loop.exec();
    return std::move(*answer);
}

} // namespace kvscope
