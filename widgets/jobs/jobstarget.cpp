// JobsTarget: obstacles as sentences.
#include "widgets/jobs/jobstarget.h"

#include "core/async/errortext.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::JobsTarget)
};

} // namespace

QString JobsTarget::obstacle() const
{
    if (!store) return Words::tr("Open a store first (Ctrl+O)");
    if (store->state().phase != StoreState::Phase::Ready)
        return Words::tr("The store is not connected yet");
    return {};
}

QString JobsTarget::writeObstacle() const
{
    if (QString none = obstacle(); !none.isEmpty()) return none;
    const Capabilities can = store->capabilities();
    if (!can.readOnly) return {};
    return can.readOnlyReason ? errorText(*can.readOnlyReason).cause
                              : Words::tr("This store was opened read-only");
}

} // namespace kvscope
