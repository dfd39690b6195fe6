import { App, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useAct } from '../../api/act.ts';
import { afterProposal } from '../../api/administration.ts';
import { useSeats } from '../../api/organisation.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { PersonSelect } from '../PersonSelect.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Values = {
  seatId: string;
  personId?: string;
  vacant?: boolean;
  validFrom: string;
  document: string;
  reason: string;
};

/** Proposes who fills a seat, or that it falls vacant, under the document that says so; vacant seats come first. */
export function SeatProposal({ onClose }: { readonly onClose: () => void }) {
  const { t, called } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const vacant = Form.useWatch('vacant', form) ?? false;
  const seats = useSeats();
  const act = useAct(afterProposal);
  const options = (seats.data?.items ?? [])
    .toSorted((a, b) => Number(a.holder !== null) - Number(b.holder !== null) || a.ord - b.ord)
    .map((seat) => ({
      value: seat.id,
      label: `${called(seat)} · ${seat.holder ? called(seat.holder.person) : t('people.vacant')}`,
    }));
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Modal
      open
      title={t('proposal.newSeat')}
      okText={t('proposal.send')}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="small soft">{t(vacant ? 'proposal.vacate.follows' : 'proposal.seat.follows')}</p>
      <Form
        form={form}
        name="seat"
        layout="vertical"
        initialValues={{ validFrom: dayText(new Date().toISOString()) }}
        onFinish={({ seatId, personId, vacant: toNobody, ...rest }) =>
          act.mutate(
            {
              method: 'POST',
              path: `/seats/${seatId}/proposals`,
              body: { ...rest, personId: toNobody ? null : personId },
            },
            {
              onSuccess: () => {
                message.success(t('proposal.sent'));
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="seatId" label={t('vote.seat')} rules={required}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
        </Form.Item>
        {!vacant && (
          <Form.Item name="personId" label={t('proposal.successor')} rules={required}>
            <PersonSelect />
          </Form.Item>
        )}
        <Form.Item name="vacant" valuePropName="checked">
          <Checkbox>{t('proposal.nobody')}</Checkbox>
        </Form.Item>
        <Form.Item name="validFrom" label={t('word.from')} rules={required}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="document" label={t('people.document')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="reason" label={t('field.reason')} rules={required}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}
