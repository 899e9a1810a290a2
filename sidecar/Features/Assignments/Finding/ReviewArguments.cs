using Sidecar.Features.Customers.Finding;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Finding;

/// <summary>Parameters of the commands about an assignment that is there.</summary>
internal static class ReviewArguments
{
    /// <summary>An assignment by its number, or by its customer of one word or in quotes.</summary>
    public static Parameter<CommandWord> One { get; } =
        CustomerArguments.One with
        {
            Usage = "<ASG-3 | customer>",
            Hint =
                "Which assignment? Write its number, as in `ASG-3`, or the customer’s key or name.",
            Completes = RequestArguments.Completed,
        };

    /// <summary>All that follows, for a reader of its own; nothing opens the form.</summary>
    public static Parameter<string> Text(string name, string usage, string hint) =>
        Arguments.Rest(name, hint) with
        {
            Usage = usage,
            IsOptional = true,
        };
}
