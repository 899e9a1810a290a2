using System.Globalization;
using LiteDB;

namespace Sidecar.Storage.LiteDb;

/// <summary>Parsing a condition costs more than a look-up; behind the gate one of each form is enough.</summary>
internal sealed class PreparedConditions
{
    private readonly Dictionary<string, BsonExpression> _equal = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BsonExpression> _between = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BsonExpression> _fields = new(StringComparer.Ordinal);

    public BsonExpression Field(string field) => Prepared(_fields, field, "$.{0}");

    public BsonExpression Equal(string field, BsonValue value)
    {
        var equal = Prepared(_equal, field, "$.{0} = @0");
        equal.Parameters["0"] = value;
        return equal;
    }

    public BsonExpression Between(string field, BsonValue from, BsonValue to)
    {
        var between = Prepared(_between, field, "$.{0} BETWEEN @0 AND @1");
        between.Parameters["0"] = from;
        between.Parameters["1"] = to;
        return between;
    }

    private static BsonExpression Prepared(
        Dictionary<string, BsonExpression> known,
        string field,
        string form
    )
    {
        if (!known.TryGetValue(field, out var expression))
        {
            known[field] = expression = BsonExpression.Create(
                string.Format(CultureInfo.InvariantCulture, form, field),
                BsonValue.Null,
                BsonValue.Null
            );
        }

        return expression;
    }
}
