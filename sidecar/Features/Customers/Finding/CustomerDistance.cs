using Sidecar.Features.Customers.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Finding;

/// <summary>How far what somebody typed is from a customer.</summary>
internal static class CustomerDistance
{
    /// <summary>The least distance to key, name and words of the name; null when it is too far to have been meant.</summary>
    /// <param name="wanted">Folded.</param>
    /// <param name="customer">From which customer.</param>
    public static int? From(string wanted, Customer customer)
    {
        int? least = null;
        var name = CustomerIndexes.Fold(customer.Name);
        foreach (
            var spelling in CustomerIndexes
                .WordsOf(customer)
                .Append(name)
                .Append(customer.Key.Value)
        )
        {
            // A name of which the beginning was typed comes first: “acme” for “Acme Labs”.
            int? distance =
                wanted.Length >= 2 && spelling.StartsWith(wanted, StringComparison.Ordinal)
                    ? 0
                    : Spelling.Within(wanted, spelling, Allowed(spelling));
            if (distance is not null && (least is null || distance < least))
            {
                least = distance;
            }
        }

        return least;
    }

    private static int Allowed(string spelling) => Math.Max(1, spelling.Length / 3);
}
