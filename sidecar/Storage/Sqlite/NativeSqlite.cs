using SQLitePCL;

namespace Sidecar.Storage.Sqlite;

/// <summary>
/// The SQLite that comes with this program, loaded once per process. Its package is kept current and audited by the
/// build; the operating system's library is left alone.
/// </summary>
internal static class NativeSqlite
{
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Loads the library when that has not happened yet; its version.</summary>
    public static string Version => Loaded.Value;

    private static string Load()
    {
        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    }
}
