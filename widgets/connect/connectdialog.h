// ConnectDialog: the saved profiles on the left, the connection's fields on the right.
#pragma once

#include "core/config/profiles.h"
#include "core/store/storefactory.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;

namespace kvscope {

class ConnectForm;
class ConnectionTest;

/// Opened with open(); deletes itself when closed.
/// Requires: factory and profiles outlive it.
class ConnectDialog : public QDialog
{
    Q_OBJECT

  public:
    /// Starts with the fields of `current`.
    ConnectDialog(StoreFactory &factory, Profiles &profiles, const Profile &current,
                  QWidget *parent = nullptr);

  signals:
    /// Connect was pressed. The profile may have no name: it is then not a saved one. One whose URL
    /// leads elsewhere by now has lost its name and colour; its other marks are as ticked.
    void connectRequested(const kvscope::Profile &profile, const QString &password);

  private:
    QWidget *makeList();
    QWidget *makeRight();
    void fillList();
    void choose(int row);
    void startNew();
    void test();
    void save();
    void removeChosen();
    void connectNow();
    void fillForm(const Profile &profile);
    void remember(const Profile &profile);
    bool isElsewhere(const Profile &profile) const;
    bool isOtherServer(const Profile &profile) const;
    /// The production mark belongs to a server: it goes, for all to see, while the URL is
    /// another's.
    void followServer();
    /// Nothing may be done with fields that are not what the URL line says.
    void enableButtons();
    enum class Tone : std::uint8_t { Neutral, Good, Bad };
    void say(const QString &text, Tone tone);

    Profiles &m_profiles;
    ConnectionTest *m_tester;
    QListWidget *m_list = nullptr;
    ConnectForm *m_form = nullptr;
    QLabel *m_message = nullptr;
    QPushButton *m_test = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_connect = nullptr;
    QPushButton *m_remove = nullptr;
    bool m_testing = false;
    QString m_chosen;          ///< the saved profile in the form; empty: a new one
    Profile m_given;           ///< what the form was last filled with, as it reads there
    bool m_marked = false;     ///< production, as the form showed it last
    bool m_markChosen = false; ///< the person has ticked or cleared it herself
};

} // namespace kvscope
