// Application: the composition root. Owns everything and writes down the order of death.
#pragma once

#include "app/windowoptions.h"
#include "core/config/profiles.h"
#include "core/config/settings.h"
#include "widgets/mainwindow.h"
#include "widgets/storesession.h"

#include <memory>

namespace kvscope {

/// Requires: a QApplication lives. Dies from the bottom of the member list up: the window first
/// (nothing shows any more), then the session (its sampler and scenario before its store), then the
/// factory (io threads and engine), then what was only read.
class Application
{
  public:
    explicit Application(const WindowOptions &options);
    ~Application();

    MainWindow &window() { return *m_window; }

  private:
    void open(const WindowOptions &options);
    void showPage(const WindowOptions &options);
    void arrangeScreenshot(const WindowOptions &options);

    Settings m_settings;
    Profiles m_profiles;
    StoreFactory m_factory;
    StoreSession m_session;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace kvscope
