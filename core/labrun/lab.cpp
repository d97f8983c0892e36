// Lab: from the lab's thread to the window's and back.
#include "core/labrun/lab.h"

#include "core/config/paths.h"

namespace kvscope {

void LabBlocks::setSecondLevel(Store *store)
{
    const std::lock_guard lock(m_mutex);
    m_blocks.setSecondLevel(store);
}

std::vector<llm::FoundBlock> LabBlocks::find(std::span<const llm::BlockId> chain)
{
    return m_blocks.find(chain);
}

llm::BlockRef LabBlocks::publish(const llm::BlockId &id, const std::byte *block)
{
    const std::lock_guard lock(m_mutex);
    return m_blocks.publish(id, block);
}

Lab::Lab(StoreFactory &factory, QObject *parent)
    : QObject(parent), m_blocks(std::make_shared<LabBlocks>(factory.localEngine()))
{
    m_run = std::make_unique<LabRun>(
        m_lifetime.guard(
            [this](const std::shared_ptr<const LabSnapshot> &snapshot) { take(snapshot); }),
        m_blocks);
}

Lab::~Lab() = default;

void Lab::take(const std::shared_ptr<const LabSnapshot> &snapshot)
{
    m_snapshot = snapshot;
    m_run->taken();
    emit snapshotTaken();
}

void Lab::offerSecondLevel(Store *store, const QString &name)
{
    m_second = store;
    m_secondName = name;
    setSecondLevel(SecondLevel::Unused);
    emit secondLevelOffered();
}

void Lab::setSecondLevel(SecondLevel use)
{
    m_use = m_second != nullptr ? use : SecondLevel::Unused;
    m_blocks->setSecondLevel(m_use == SecondLevel::Used ? m_second : nullptr);
}

void Lab::open(const QString &path)
{
    const QString file = path.isEmpty() ? shippedModelPath() : path;
    if (!file.isEmpty()) m_run->load(file.toStdString());
}

void Lab::start(const LabPlan &plan)
{
    const auto &model = m_snapshot->model;
    const bool mayHit = plan.session.policy.kind == llm::PolicyKind::Full;
    if (m_use == SecondLevel::Unused || !model || !mayHit) return m_run->start(plan);
    const bool movesCells = plan.session.atEnd == llm::AtContextEnd::Shift;
    const llm::KvFormat format{plan.session.kv, plan.session.rotation,
                               movesCells ? llm::KeyForm::Raw : llm::KeyForm::Turned};
    const std::vector<llm::TokenId> tokens =
        plan.kind == LabPlan::Kind::Chat
            ? ChatForm(model->tokenizer()).firstTurn(plan.prompt)
            : model->tokenizer().encodePrompt(plan.prompt, llm::SpecialTokens::Parse);
    if (tokens.size() < 2 || !llm::KvLayout::supports(model->shape(), format.type))
        return m_run->start(plan);
    m_blocks->blocks().fetch(
        llm::blockChain(model->fingerprint(), llm::KvLayout(model->shape(), format),
                        std::span(tokens).first(tokens.size() - 1)),
        m_lifetime.guard([this, plan](const Result<int> &) { m_run->start(plan); }));
}

void Lab::save(const QString &path)
{
    m_run->save(path.toStdString(),
                m_lifetime.guard(
                    [this, path](const std::optional<Error> &error) { emit saved(path, error); }));
}

void Lab::restore(const QString &path, const LabPlan &plan)
{
    m_run->restore(path.toStdString(), plan,
                   m_lifetime.guard([this, path](const std::optional<Error> &error) {
                       emit restored(path, error);
                   }));
}

void Lab::verify()
{
    m_run->verify(
        m_lifetime.guard([this](const std::optional<Error> &error, std::size_t differing) {
            emit verified(error, differing);
        }));
}

} // namespace kvscope
