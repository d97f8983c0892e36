// JobVerb: what the verbs that run jobs share: binding, journal, progress, Ctrl+C.
#pragma once

#include "app/commands/verb.h"
#include "core/binding/binding.h"
#include "core/jobs/jobcontrol.h"
#include "core/jobs/journal.h"

#include <functional>
#include <mutex>
#include <optional>

namespace kvscope {

/// The binding file that the first word names.
Result<Binding> bindingOf(const VerbContext &context);

/// The store that --store names, open; WrongUsage where it is not given.
Result<std::unique_ptr<Store>> jobStore(VerbContext &context, Access access);

/// The value of an option as text; empty where it was not given.
QString optionText(const Arguments &arguments, const char *name);
/// A number above 0; 0 where the option was not given. WrongUsage.
Result<double> positiveNumber(const Arguments &arguments, const char *name);

/// Runs `work` on a thread of its own while this one keeps serving events; Ctrl+C cancels the job,
/// which then ends by itself. Returns when `work` has.
void runOnThread(VerbContext &context, JobControl &control, const std::function<void()> &work);

/// Makes a sink whose newest value comes to this thread: one that was not taken yet gives way, so
/// that nothing gathers while standard output takes no more.
template<class T>
std::function<void(const T &)> latestSink(Lifetime &lifetime, std::function<void(const T &)> take)
{
    struct Place
    {
        std::mutex mutex;
        std::optional<T> newest; // guarded by mutex
    };
    const auto place = std::make_shared<Place>();
    const auto deliver = lifetime.guard([place, take = std::move(take)] {
        std::optional<T> newest;
        {
            const std::lock_guard lock(place->mutex);
            newest.swap(place->newest);
        }
        if (newest) take(*newest);
    });
    return [place, deliver](const T &value) {
        bool first = false;
        {
            const std::lock_guard lock(place->mutex);
            first = !place->newest;
            place->newest = value;
        }
        if (first) deliver();
    };
}

/// Makes a sink whose calls come to this thread as progress of the output.
std::function<void(const JobProgress &)> progressSink(VerbContext &context, Lifetime &lifetime);

/// How a run ended, for the journal.
RunRecord::State endState(const std::optional<Error> &error);

} // namespace kvscope
