// Runs GoogleTest with an event loop's application and a state folder of its own.
#include <QCoreApplication>
#include <QTemporaryDir>

#include <gtest/gtest.h>

int main(int argc, char **argv)
{
    QTemporaryDir state;
    qputenv("KVSCOPE_STATE", state.path().toUtf8());
    testing::InitGoogleTest(&argc, argv);
    const QCoreApplication application(argc, argv);
    return RUN_ALL_TESTS();
}
