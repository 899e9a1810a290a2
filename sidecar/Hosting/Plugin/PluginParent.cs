using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Sidecar.Interactions;

namespace Sidecar.Hosting.Plugin;

/// <summary>The process that started us, by which one life of Mattermost is told from the next.</summary>
internal static class PluginParent
{
    /// <summary>Where the parent's number stands in what Linux tells of a process, behind its name; and its start.</summary>
    private const int Parent = 1;
    private const int Started = 19;

    /// <summary>Where nobody tells which one it is, all are taken for one.</summary>
    public static RunningServer Current() =>
        new(
            Environment.MachineName,
            Fields("self") is { } own && Fields(own[Parent]) is { } parent
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{own[Parent]} since {parent[Started]}"
                )
                : "any"
        );

    /// <summary>
    /// Ends what the same Mattermost runs of the same program beside us. It starts one at a time; when somebody enables
    /// the plugin while its health check starts it, too, it loses sight of one, which nobody would ever end.
    /// </summary>
    /// <returns>How many there were.</returns>
    public static int EndOthers()
    {
        if (Fields("self") is not { } own || Program("self") is not { } program)
        {
            return 0;
        }

        var ended = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var name = Path.GetFileName(folder);
            if (
                int.TryParse(name, CultureInfo.InvariantCulture, out var id)
                && id != Environment.ProcessId
                && Fields(name) is { } other
                && other[Parent] == own[Parent]
                && Program(name) == program
            )
            {
                ended += End(id) ? 1 : 0;
            }
        }

        return ended;
    }

    private static bool End(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            return true;
        }
        catch (Exception gone)
            when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    /// <summary>The file that a process runs, which an upgrade may have replaced since.</summary>
    private static string? Program(string process)
    {
        const string replaced = " (deleted)";
        try
        {
            return new FileInfo($"/proc/{process}/exe").LinkTarget is { } file
                ? file.EndsWith(replaced, StringComparison.Ordinal)
                    ? file[..^replaced.Length]
                    : file
                : null;
        }
        catch (Exception untold) when (untold is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string[]? Fields(string process)
    {
        try
        {
            // The name stands in brackets and may hold anything, brackets too.
            var told = File.ReadAllText($"/proc/{process}/stat");
            var fields = told[(told.LastIndexOf(')') + 2)..].Split(' ');
            return fields.Length > Started ? fields : null;
        }
        catch (Exception untold) when (untold is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
