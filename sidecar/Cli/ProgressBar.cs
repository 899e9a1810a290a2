using System.Globalization;
using Sidecar.Storage.Engines;

namespace Sidecar.Cli;

/// <summary>
/// How far a copy is: a bar that is drawn in its place on a terminal, and a line for each tenth where output goes into a
/// file.
/// </summary>
internal sealed class ProgressBar(TextWriter output, bool isTerminal)
{
    private const int Width = 30;
    private const int LineEvery = 10;

    /// <summary>Shows it.</summary>
    public void Tell(CopyProgress at)
    {
        var said = string.Create(
            CultureInfo.InvariantCulture,
            $"{at.Step.ToString().ToLowerInvariant(), -7} {at.Percent, 3} %, {at.Rows:N0} of {at.All:N0} rows"
        );
        if (!isTerminal)
        {
            if (at.Percent % LineEvery == 0)
            {
                output.WriteLine(said);
            }

            return;
        }

        var filled = Width * at.Percent / 100;
        output.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {said}");
        if (at.Rows == at.All)
        {
            output.WriteLine();
        }
    }
}
