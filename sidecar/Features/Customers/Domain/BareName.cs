using Sidecar.Text;

namespace Sidecar.Features.Customers.Domain;

/// <summary>How the names of fields and figures are compared, whichever way people write them.</summary>
internal static class BareName
{
    /// <summary>Letters and digits only, so that <c>ARR (USD)</c> is <c>arr_usd</c>.</summary>
    public static string Of(string name) => NameFolding.Letters(name);
}
