// FreshnessChip: one timer; who was told of a change and who only looks again share it.
#include "widgets/editor/freshnesschip.h"

#include "core/async/errortext.h"
#include "widgets/base/theme.h"

#include <QEvent>

#include <algorithm>

namespace kvscope {
namespace {

const char *lookOf(KeyFreshness::Tone tone)
{
    switch (tone) {
    case KeyFreshness::Tone::Good:
        return "chipGood";
    case KeyFreshness::Tone::Warning:
        return "chipWarning";
    case KeyFreshness::Tone::Bad:
        return "chipBad";
    case KeyFreshness::Tone::Muted:
        break;
    }
    return "chip";
}

} // namespace

FreshnessChip::FreshnessChip(Bytes key, QWidget *parent)
    : QPushButton(parent), m_key(std::move(key))
{
    setObjectName(QStringLiteral("freshnessChip"));
    setCheckable(true);
    setLook(this, "chip");
    hide();
    m_next.setSingleShot(true);
    m_next.setTimerType(Qt::PreciseTimer); // a coarse one may ask 5 % too early
    connect(&m_next, &QTimer::timeout, this, &FreshnessChip::ask);
    connect(this, &QPushButton::toggled, this, [this](bool on) {
        if (on && m_way == FreshnessSource::Way::OnRequest) plan(0);
    });
}

void FreshnessChip::setSource(FreshnessSource *source)
{
    if (m_source) disconnect(m_source, nullptr, this, nullptr);
    m_source = source;
    if (m_source) connect(m_source, &FreshnessSource::changed, this, &FreshnessChip::takeSource);
    takeSource();
}

void FreshnessChip::takeSource()
{
    using Way = FreshnessSource::Way;
    m_way = m_source ? m_source->wayOf(m_key) : Way::None;
    if (m_way == Way::None || m_way == Way::Remembered) {
        m_lifetime.renew();
        m_next.stop();
        m_asking = false;
        m_again = false;
    }
    if (m_way == Way::Remembered) m_next.start(kAgeMs);
    if (m_way == Way::None) {
        m_freshness.reset();
        setChecked(false);
        hide();
        emit answered();
        return;
    }
    show();
    // What was asked live says more than what a check has stored since.
    if (m_way == Way::Live && !m_freshness) showRemembered();
    noteChange();
}

void FreshnessChip::showRemembered()
{
    m_freshness = m_source->remembered(m_key);
    showFreshness();
}

void FreshnessChip::noteChange()
{
    using Way = FreshnessSource::Way;
    if (m_way == Way::Live || (m_way == Way::OnRequest && isChecked())) plan(0);
    if (m_way == Way::Remembered || (m_way == Way::OnRequest && !isChecked())) showRemembered();
}

// Never sooner than a second after the last question, and never two at once.
void FreshnessChip::plan(int delayMs)
{
    if (m_asking) {
        m_again = m_again || delayMs < kEveryMs;
        return;
    }
    if (m_sinceAsked.isValid()) delayMs = std::max(delayMs, kLeastMs - int(m_sinceAsked.elapsed()));
    if (!m_next.isActive() || m_next.remainingTime() > delayMs) m_next.start(delayMs);
}

void FreshnessChip::ask()
{
    // A page behind another one and a window out of sight ask nothing; they look in again later.
    if (!isVisible() || window()->isMinimized()) return plan(kEveryMs);
    if (!m_source || m_asking) return;
    if (m_way == FreshnessSource::Way::Remembered) {
        showRemembered();
        return m_next.start(kAgeMs);
    }
    m_asking = true;
    m_again = false;
    m_sinceAsked.start();
    m_source->ask(m_key,
                  m_lifetime.guard([this](const Result<KeyFreshness> &answer) { take(answer); }));
}

void FreshnessChip::take(const Result<KeyFreshness> &answer)
{
    m_asking = false;
    if (answer) {
        m_freshness = *answer;
        showFreshness();
    } else if (answer.error().code() != ErrorCode::Cancelled) {
        KeyFreshness none;
        none.text = tr("source not reached");
        none.detail = errorLine(answer.error());
        if (m_freshness) none.bindingName = m_freshness->bindingName;
        m_freshness = std::move(none);
        showFreshness();
    } else {
        m_again = true; // another key's question took its place
    }
    if (m_again)
        plan(0);
    else if (m_way == FreshnessSource::Way::Live)
        plan(kEveryMs);
}

void FreshnessChip::showFreshness()
{
    const KeyFreshness &now = *m_freshness;
    setText(now.text);
    setLook(this, lookOf(now.tone));
    setToolTip(now.detail + QStringLiteral("\n") + tr("Click to see the source row"));
    setAccessibleName(tr("Freshness: %1").arg(now.text));
    setAccessibleDescription(now.detail);
    emit answered();
}

void FreshnessChip::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (event->type() != QEvent::LanguageChange || !m_freshness || !m_source) return;
    m_freshness.reset();
    takeSource();
}

} // namespace kvscope
