using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Finding;

/// <summary>The longest name of a customer with which words begin: <c>Acme Labs</c> before <c>Acme</c> (T6).</summary>
internal sealed class CustomerNameWords(CustomerStore book) : INameWords
{
    /// <summary>Names have less, and each is looked up.</summary>
    private const int MostWords = 8;

    public async ValueTask<int> Longest(
        CommandLine line,
        int at,
        UserId reader,
        CancellationToken cancel
    )
    {
        if (!await book.MayRead(reader, cancel))
        {
            return 0;
        }

        var words = line.Words.Skip(at).Take(MostWords).TakeWhile(w => !w.IsQuoted).ToList();
        for (var count = words.Count; count > 1; count--)
        {
            var last = words[count - 1];
            if (
                last.Value.Any(char.IsLetterOrDigit)
                && await book.Known(line.Text[words[0].Start..last.End], cancel) is not null
            )
            {
                return count;
            }
        }

        return 0;
    }
}
