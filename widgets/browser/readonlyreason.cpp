// ReadOnlyReason: the server's own reason, or the person's choice.
#include "widgets/browser/readonlyreason.h"

#include "core/async/errortext.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::ReadOnlyReason)
};

} // namespace

QString readOnlyReason(const Capabilities &capabilities)
{
    if (capabilities.readOnlyReason) return errorLine(*capabilities.readOnlyReason);
    return Words::tr("The connection was opened read-only.");
}

} // namespace kvscope
