using System.Diagnostics;
using System.Globalization;

namespace Sidecar.Tests.Mattermost.Plugin.Real;

/// <summary>The process that a Mattermost on this machine runs for us, as the operating system sees it.</summary>
internal static class PluginProcess
{
    private const string Cookie = "MATTERMOST_PLUGIN=";

    /// <summary>Ours among the children of whoever listens on a port.</summary>
    public static int? Of(int port)
    {
        var server = Listener(port);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && Parent(folder) == server
                && Read(folder, "environ").Contains(Cookie, StringComparison.Ordinal)
                && Path.GetFileName(Linked(Path.Combine(folder, "exe"))) is { } name
                && (name is "Sidecar" || name.StartsWith("escalate", StringComparison.Ordinal))
            )
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>Ends a process as a power cut does.</summary>
    public static void Kill(int id) => Signal("KILL", id);

    /// <summary>Lets a process stand still.</summary>
    public static void Freeze(int id) => Signal("STOP", id);

    /// <summary>Lets a process go on.</summary>
    public static void Thaw(int id) => Signal("CONT", id);

    private static void Signal(string signal, int id)
    {
        using var sent = Process.Start("kill", [$"-{signal}", $"{id}"]);
        sent.WaitForExit();
    }

    private static int? Listener(int port)
    {
        var inode = File.ReadLines("/proc/net/tcp")
            .Concat(File.ReadLines("/proc/net/tcp6"))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            // The fourth is the state, 0A for a listener; the second the address, with the port behind the colon.
            .FirstOrDefault(p =>
                p[3] == "0A" && p[1].EndsWith($":{port:X4}", StringComparison.Ordinal)
            )
            ?[9];
        if (inode is null)
        {
            return null;
        }

        var link = $"socket:[{inode}]";
        return
            Directory
                .EnumerateDirectories("/proc")
                .Where(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out _))
                .FirstOrDefault(d => Handles(d).Any(h => Linked(h) == link))
                is { } found
            ? int.Parse(Path.GetFileName(found), CultureInfo.InvariantCulture)
            : null;
    }

    private static string[] Handles(string folder)
    {
        try
        {
            return Directory.GetFiles(Path.Combine(folder, "fd"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Linked(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int? Parent(string folder)
    {
        // Behind the name, which may hold anything, come the state and the parent.
        var stat = Read(folder, "stat");
        var behind = stat.LastIndexOf(')');
        return behind < 0
            ? null
            : int.Parse(stat[(behind + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static string Read(string folder, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, name));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
