// Where it begins: a verb runs headless, anything else is the window.
int main() { return 0; }
