package dev.tarn.app.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell;
import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;

/// A small project whose models are tested.
final class TestedShop {
  final TarnShell tarn;

  TestedShop(Path folder) {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: shop\nvars: {currency: EUR}\n")
            .file(
                "sources/orders.yml",
                """
                from: files
                path: data/*.csv
                columns: {order_id: text, status: text, amount: text, updated_at: timestamp}
                """)
            .file(
                "models/silver/orders.sql",
                """
                /*
                key: order_id
                checks:
                  - unique: order_id
                  - {not_null: amount, on_fail: warn}
                  - {sql: "SELECT * FROM this WHERE amount < 0", on_fail: quarantine, name: amount_positive}
                */
                SELECT order_id::BIGINT AS order_id, status, amount::DECIMAL(12,2) AS amount,
                  ${var.currency} AS currency, now() AS seen_at, current_date - updated_at::DATE AS days
                FROM bronze.orders
                QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY updated_at DESC) = 1
                """)
            .file(
                "models/gold/totals.sql",
                """
                SELECT status, sum(amount) AS total, avg(amount) AS mean, list(order_id ORDER BY order_id) AS ids
                FROM silver.orders GROUP BY status ORDER BY status
                """);
  }

  Answer test(String yaml, String... words) {
    tarn.file("tests/a.yml", yaml);
    String[] all = new String[words.length + 1];
    all[0] = "test";
    System.arraycopy(words, 0, all, 1, words.length);
    return tarn.run(all);
  }

  void passes(String yaml) {
    Answer answer = test(yaml);

    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
  }

  String fails(String yaml) {
    Answer answer = test(yaml);

    assertThat(answer.status()).as(answer.out() + answer.err()).isEqualTo(1);
    return answer.out();
  }
}
