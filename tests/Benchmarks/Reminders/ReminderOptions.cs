using System.Globalization;

namespace Benchmarks.Reminders;

/// <summary>What a run is made of.</summary>
/// <param name="Escalations">How many updates are due in the same second.</param>
/// <param name="PerSecond">How many requests per second the stand-in permits the bot.</param>
/// <param name="Sends">How many the sidecar is told that it may send.</param>
internal sealed record ReminderOptions(int Escalations, int PerSecond, int Sends)
{
    /// <exception cref="ArgumentException">An option is unknown or is not a number.</exception>
    public static ReminderOptions Read(string[] options)
    {
        var values = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["--escalations"] = 10_000,
            ["--per-second"] = 200,
            ["--sends"] = 0,
        };
        foreach (var pair in options.Chunk(2))
        {
            if (
                pair is not [var name, var text]
                || !values.ContainsKey(name)
                || !int.TryParse(text, CultureInfo.InvariantCulture, out var value)
                || value <= 0
            )
            {
                throw new ArgumentException(
                    $"“{string.Join(' ', pair)}” is not understood; there is {string.Join(", ", values.Keys)}, each with a number.",
                    nameof(options)
                );
            }

            values[name] = value;
        }

        var permitted = values["--per-second"];
        return new ReminderOptions(
            values["--escalations"],
            permitted,
            values["--sends"] > 0 ? values["--sends"] : permitted
        );
    }
}
