// LabControls: what the lab generates and how: text or chat, cache, comparison, pace, length.
#pragma once

#include "core/labrun/labsnapshot.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace kvscope {

class CacheChoice;
class ChoosingPopup;

/// Text: Return generates anew. Chat: Return says the next turn of the chat that is open; the cache
/// stays as it was chosen until the next chat.
class LabControls : public QWidget
{
    Q_OBJECT

  public:
    explicit LabControls(QWidget *parent = nullptr);

    LabPlan plan() const;
    LabPace pace() const;
    llm::SamplerOptions sampler() const;
    void setPrompt(const QString &text);
    /// Generate, Send or Stop; Step where a step is waited for.
    void showSnapshot(const LabSnapshot &snapshot);
    bool isChatOpen() const { return m_isChatOpen; }
    /// The turn was taken: its field is empty for the next.
    void clearTurn();

    QPushButton *cacheButton() const { return m_cache; }

  signals:
    void generateRequested();
    /// The next turn of the open chat.
    void turnRequested(const QString &text);
    void newChatRequested();
    void stopRequested();
    void stepRequested();
    void paceChosen(kvscope::LabPace pace);

  private:
    void build();
    void wire();
    void showChoices();
    void showMode();
    void activate();
    void submit();
    LabPlan::Kind mode() const;
    std::optional<llm::Session::Options> other() const;

    QButtonGroup *m_modes;
    QPushButton *m_newChat;
    CacheChoice *m_choice;
    QComboBox *m_other;
    CacheChoice *m_otherChoice;
    QComboBox *m_pace;
    QSpinBox *m_tokens;
    QPushButton *m_choosing;
    ChoosingPopup *m_popup;
    QPushButton *m_cache;
    QPushButton *m_step;
    QPushButton *m_generate;
    QLineEdit *m_prompt; ///< of a text
    QLineEdit *m_turn;   ///< of a chat
    LabPhase m_phase = LabPhase::Empty;
    bool m_isChatOpen = false;
};

} // namespace kvscope
