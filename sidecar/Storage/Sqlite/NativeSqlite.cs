using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Sidecar.Storage.Sqlite;

/// <summary>
/// Decides once per process which SQLite is used: the operating system's, when it is newer than the bundled one and
/// built for threads. The system's gets security fixes without a release of ours.
/// </summary>
internal static class NativeSqlite
{
    private const string Bundled = "e_sqlite3";
    private const string OfTheSystem = "libsqlite3.so.0";

    private static readonly Lazy<nint> Library = new(Choose);
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Loads the library when that has not happened yet; its version.</summary>
    public static string Version => Loaded.Value;

    private static string Load()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(
                typeof(SQLite3Provider_e_sqlite3).Assembly,
                (name, _, _) => name == Bundled ? Library.Value : 0
            );
        }
        catch (InvalidOperationException)
        {
            // Somebody in this process has chosen before; any SQLite will do.
        }

        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    }

    private static nint Choose()
    {
        var bundled = Candidate(Bundled);
        var system = OperatingSystem.IsLinux() ? Candidate(OfTheSystem) : default;
        var (taken, left) =
            system.Version > bundled.Version ? (system, bundled) : (bundled, system);
        if (left.Handle != 0)
        {
            NativeLibrary.Free(left.Handle);
        }

        return taken.Handle;
    }

    private static (nint Handle, int Version) Candidate(string name)
    {
        var assembly = typeof(SQLite3Provider_e_sqlite3).Assembly;
        if (!NativeLibrary.TryLoad(name, assembly, searchPath: null, out var handle))
        {
            return default;
        }

        var usable = Ask(handle, "sqlite3_threadsafe") != 0;
        return (handle, usable ? Ask(handle, "sqlite3_libversion_number") : 0);
    }

    private static unsafe int Ask(nint library, string function) =>
        NativeLibrary.TryGetExport(library, function, out var address)
            ? ((delegate* unmanaged<int>)address)()
            : 0;
}
