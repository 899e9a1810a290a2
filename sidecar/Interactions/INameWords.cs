using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>Finds where a name of several words ends that nobody put into quotes.</summary>
public interface INameWords
{
    /// <summary>
    /// How many words from a place on are the longest name that there is; 0 for none, and for who may not know the names:
    /// where a line is cut would tell them (X4).
    /// </summary>
    ValueTask<int> Longest(CommandLine line, int at, UserId reader, CancellationToken cancel);
}
