using System.Globalization;
using System.Text;
using Sidecar.Storage;

namespace Sidecar.Features.Customers;

/// <summary>Finds the customer that somebody means by a key or a name, or the free key for one nobody has named before.</summary>
internal sealed class CustomerBook(Store store)
{
    /// <summary>
    /// Two names may lead to one key (“A+B”, “A-B”): then they are still two customers, and the second gets the next
    /// free key.
    /// </summary>
    /// <param name="typed">A key, or a name that has letters or digits.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The key, and the customer when there is one; null when nothing typed could be a key.</returns>
    public async ValueTask<(CustomerKey Key, Customer? Known)?> Find(
        string typed,
        CancellationToken cancel
    )
    {
        if (CustomerKey.Of(typed) is not { } first)
        {
            return null;
        }

        for (var i = 1; ; i++)
        {
            var key =
                i == 1
                    ? first
                    : new CustomerKey(string.Create(CultureInfo.InvariantCulture, $"{first}-{i}"));
            var known = await store.Find(Customer.Kind, key.Value, cancel);
            if (known is null || Means(typed, known.Value))
            {
                return (key, known?.Value);
            }
        }
    }

    private static bool Means(string typed, Customer customer) =>
        Plain(typed) is var plain && (plain == customer.Key.Value || plain == Plain(customer.Name));

    private static string Plain(string name) =>
        string.Join(
            ' ',
            name.Normalize(NormalizationForm.FormKC)
                .ToLowerInvariant()
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
}
