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
