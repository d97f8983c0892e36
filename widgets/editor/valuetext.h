// ValueText: what a value becomes for the views, computed off the UI thread.
#pragma once

#include "core/async/lifetime.h"
#include "core/value/format.h"
#include "core/value/jsonlayout.h"

#include <QThreadPool>

#include <memory>

namespace kvscope {

/// A value made ready to be shown.
struct ValueText
{
    ValueFormat format = ValueFormat::Text;
    SharedBytes display =
        std::make_shared<const Bytes>(); ///< what the text view shows: the bytes, or their layout
    bool laidOut = false;                ///< display is a layout; saving goes through rebaseJson()
    bool tooLong = false; ///< a line longer than kMaxLine: display is cut in pieces, to read only
    bool partial = false; ///< only the value's beginning
    std::shared_ptr<const JsonDocument> document; ///< of display, where that is JSON
    std::optional<JsonError> fault;               ///< why it isn't
    Bytes binary;                                 ///< of a binary value: a copy to be edited
};
/// Lines longer than this take seconds to lay out on screen.
inline constexpr std::size_t kMaxLine = 64UL * 1024;

ValueText prepareValue(SharedBytes value);
/// A value's beginning, cut between characters.
ValueText prepareBeginning(Bytes beginning);

/// Edited text, judged.
struct JudgedText
{
    SharedBytes text;
    std::shared_ptr<const JsonDocument> document;
    std::optional<JsonError> fault;
    JsonChange change; ///< against what was opened
    bool same = false; ///< as what was opened, to the byte
};
JudgedText judgeText(SharedBytes text, const Bytes &before, ValueFormat format);

/// What held megabytes is let go of on the shared pool: giving the memory back takes milliseconds.
template<class T>
void dropOffThread(T held)
{
    QThreadPool::globalInstance()->start([held = std::move(held)] {});
}

/// Runs `work` on the shared pool and `done` with its result on the lifetime's thread, unless that
/// died first. Both run once.
template<class Work, class Done>
void runOffThread(const Lifetime &lifetime, Work work, Done done)
{
    auto deliver = lifetime.guard(std::move(done));
    QThreadPool::globalInstance()->start(
        [work = std::move(work), deliver]() mutable { deliver(work()); });
}

} // namespace kvscope
