// KeyActions: deleting. The keys are listed first, then the person is asked, then they go in
// batches.
#include "widgets/browser/keyactions.h"

#include "core/base/human.h"
#include "widgets/base/dialogs.h"

#include <QPointer>

#include <set>

namespace kvscope {
namespace {

constexpr std::size_t kNamesShown = 8;

QString count(std::size_t n)
{
    return QString::fromStdString(formatCount(n));
}

} // namespace

struct KeyActions::Removal
{
    std::vector<Bytes> keys;
    std::vector<Bytes> namespaces;
    std::size_t nextNamespace = 0;
    std::size_t nextKey = 0;
    std::size_t removed = 0;
    std::optional<Error> firstError;
};

void KeyActions::removeKeys(std::vector<Bytes> keys, std::vector<Bytes> namespaces)
{
    if (!mayAct() || (keys.empty() && namespaces.empty())) return;
    auto removal = std::make_shared<Removal>();
    removal->keys = std::move(keys);
    removal->namespaces = std::move(namespaces);
    collectNext(std::move(removal));
}

void KeyActions::collectNext(std::shared_ptr<Removal> removal)
{
    if (removal->nextNamespace < removal->namespaces.size()) {
        const Bytes path = removal->namespaces[removal->nextNamespace++];
        auto collected = m_lifetime.guard([this, removal] { collectNext(removal); });
        // Millions of names are put in order on the index thread; nobody else touches them until
        // `collected` is posted. A key may have been chosen by itself and lie in a chosen namespace
        // as well.
        m_feed->index().collect(path, [removal, collected](const KeyBatch &found) {
            std::vector<Bytes> &keys = removal->keys;
            for (std::size_t i = 0; i < found.size(); ++i) keys.emplace_back(found[i]);
            std::sort(keys.begin(), keys.end());
            keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
            collected();
        });
        return;
    }
    if (!removal->keys.empty()) confirmRemoval(std::move(removal));
}

void KeyActions::confirmRemoval(std::shared_ptr<Removal> removal)
{
    const std::size_t total = removal->keys.size();
    QStringList names;
    for (std::size_t i = 0; i < std::min(total, kNamesShown); ++i)
        names << keyText(removal->keys[i]).left(120);
    if (total > kNamesShown) names << tr("… and %1 more").arg(count(total - kNamesShown));
    Question question;
    question.objectName = QStringLiteral("confirmDelete");
    question.title = total == 1 ? tr("Delete this key?") : tr("Delete %1 keys?").arg(count(total));
    question.text = names.join(u'\n') + QStringLiteral("\n\n") +
                    (total == 1 ? tr("This can't be undone.")
                                : tr("Only these keys, as they were seen, are deleted. This "
                                     "can't be undone."));
    question.confirmText = tr("Delete");
    question.destructive = true;
    if (total > kTypeToConfirmAbove) question.typeToConfirm = QString::number(total);
    askConfirmation(
        m_window, question,
        [this, removal, life = QPointer<KeyActions>(this), begun = m_timesLetGo](bool yes) {
            if (!yes || !life || !mayAct() || begun != m_timesLetGo) return;
            m_stopRemoving = false;
            emit removalProgressed(0, removal->keys.size());
            removeNext(removal);
        });
}

void KeyActions::removeNext(std::shared_ptr<Removal> removal)
{
    if (removal->nextKey == removal->keys.size() || m_stopRemoving) return endRemoval(*removal);
    const std::size_t end = std::min(removal->keys.size(), removal->nextKey + kDeleteBatch);
    std::vector<WriteRequest> requests;
    for (; removal->nextKey < end; ++removal->nextKey) {
        WriteRequest request;
        request.action = WriteRequest::Action::Remove;
        request.key = removal->keys[removal->nextKey];
        requests.push_back(std::move(request));
    }
    const std::size_t first = end - requests.size();
    m_store->writer().write(
        std::move(requests),
        m_lifetime.guard([this, removal,
                          first](const Result<std::vector<Result<WriteOutcome>>> &outcomes) {
            if (!outcomes) {
                removal->firstError = outcomes.error();
                return endRemoval(*removal);
            }
            std::vector<Bytes> gone;
            for (std::size_t i = 0; i < outcomes->size(); ++i) {
                const Result<WriteOutcome> &outcome = (*outcomes)[i];
                if (outcome) {
                    gone.push_back(removal->keys[first + i]); // deleted now, or not there any more
                } else if (!removal->firstError) {
                    removal->firstError = outcome.error();
                }
            }
            removal->removed += gone.size();
            m_feed->index().remove(std::move(gone));
            emit removalProgressed(removal->nextKey, removal->keys.size());
            removeNext(removal);
        }));
}

void KeyActions::endRemoval(const Removal &removal)
{
    emit removalProgressed(removal.keys.size(), removal.keys.size());
    if (removal.firstError) emit failed(*removal.firstError);
    const bool stopped = removal.nextKey < removal.keys.size();
    if ((removal.removed > 1 || stopped) && !removal.firstError) {
        emit succeeded(
            tr("Deleted %1 of %2 keys.").arg(count(removal.removed), count(removal.keys.size())));
    }
}

} // namespace kvscope
